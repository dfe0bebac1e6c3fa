// Classes of retention: how long the recordings of the queues that choose one are kept.
import { Alert, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/app/me';
import { ThingsScreen } from '@/app/ThingsScreen';
import { count } from '@/lib/format';
import { useThings } from '@/lib/things';

type Class = Schemas['RetentionClass'];
const TRADES = ['general', 'finance'] as const;
const LEAST_DAYS = { general: 1, finance: 1827 } as const; // as the server has it
const MOST_DAYS = 36_500;

export default function RetentionClasses() {
  const { t } = useTranslation('setup');
  const queues = useThings<Schemas['Queue']>('/v1/routing/queues');
  const keptBy = (id: string) => (queues.data ?? []).filter((one) => one.recording.retention === id);
  return (
    <ThingsScreen<Class>
      path="/v1/routing/retention-classes"
      write="recordings.delete"
      title={t('retention.title')}
      empty={t('retention.empty')}
      fresh={{ name: '', trade: 'general', days: 365 }}
      columns={[
        { title: t('name'), dataIndex: 'name' },
        {
          title: t('retention.trade'),
          dataIndex: 'trade',
          render: (trade: Class['trade']) => t(`retention.trades.${trade}`),
        },
        {
          title: t('retention.days'),
          dataIndex: 'days',
          align: 'right',
          render: (days: number | null) => (days === null ? t('retention.always') : count(days)),
        },
        {
          title: t('retention.queues'),
          render: (_, { id }) => keptBy(id).map((one) => one.name).join(', '),
        },
      ]}
      fields={<Fields />}
    />
  );
}

function Fields() {
  const { t } = useTranslation('setup');
  const { t: app } = useTranslation();
  const trade = Form.useWatch<Class['trade'] | undefined>('trade') ?? 'general';
  const least = LEAST_DAYS[trade];
  const range = app('range', { least: count(least), most: count(MOST_DAYS) });
  return (
    <>
      <Alert type="info" title={t('retention.help')} style={{ marginBottom: 12 }} />
      <Form.Item name="name" label={t('name')} rules={[{ required: true }]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="trade" label={t('retention.trade')}>
        <Select options={TRADES.map((value) => ({ value, label: t(`retention.trades.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="days"
        label={t('retention.days')}
        extra={t('retention.daysHelp')}
        dependencies={['trade']}
        rules={[{ type: 'number', min: least, max: MOST_DAYS, message: range }]}
      >
        <InputNumber precision={0} style={{ width: 160 }} />
      </Form.Item>
    </>
  );
}
