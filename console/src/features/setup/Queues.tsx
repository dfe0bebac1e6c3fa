import { Checkbox, Divider, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Pick } from '@/app/Pick';
import { ThingsScreen } from '@/app/ThingsScreen';
import type { Schemas } from '@/app/me';
import { span } from '@/lib/format';
import { Skills } from './Skills';

type Queue = Schemas['Queue'];

export default function Queues() {
  const { t } = useTranslation('setup');
  return (
    <ThingsScreen<Queue>
      path="/v1/routing/queues"
      write="routing.write"
      title={t('queues.title')}
      empty={t('queues.empty')}
      fresh={{
        name: '',
        target_s: 20,
        short_abandon_s: 5,
        offer_s: 20,
        wrap_up_s: 60,
        max_wait_s: 0,
        max_length: 0,
        record: true,
        requirements: [],
        dispositions: [],
        disposition_required: false,
      }}
      columns={[
        { title: t('name'), dataIndex: 'name' },
        { title: t('queues.target'), dataIndex: 'target_s', align: 'right', render: span },
        { title: t('queues.ring'), dataIndex: 'offer_s', align: 'right', render: span },
        { title: t('queues.wrapUp'), dataIndex: 'wrap_up_s', align: 'right', render: span },
        {
          title: t('skills'),
          render: (_, queue) => queue.requirements.map((one) => `${one.skill} ≥ ${one.level}`).join(', '),
        },
      ]}
      fields={<Fields />}
    />
  );
}

function Fields() {
  const { t } = useTranslation('setup');
  return (
    <>
      <Form.Item name="name" label={t('name')} rules={[{ required: true }]}>
        <Input maxLength={80} />
      </Form.Item>
      <Seconds name="target_s" label={t('queues.target')} help={t('queues.targetHelp')} />
      <Seconds name="offer_s" label={t('queues.ring')} />
      <Seconds name="wrap_up_s" label={t('queues.wrapUp')} help={t('queues.wrapUpHelp')} />
      <Seconds name="short_abandon_s" label={t('queues.shortAbandon')} help={t('queues.shortAbandonHelp')} />
      <Divider titlePlacement="start" plain>
        {t('queues.limits')}
      </Divider>
      <Seconds name="max_wait_s" label={t('queues.maxWait')} help={t('queues.noLimit')} />
      <Form.Item name="max_length" label={t('queues.maxLength')} extra={t('queues.noLimit')}>
        <InputNumber min={0} />
      </Form.Item>
      <Form.Item name="hours" label={t('hours.title')}>
        <Pick from="/v1/ivr/calendars" allowClear />
      </Form.Item>
      <Divider titlePlacement="start" plain>
        {t('queues.work')}
      </Divider>
      <Form.Item label={t('skills')}>
        <Skills name="requirements" />
      </Form.Item>
      <Form.Item name="dispositions" label={t('queues.dispositions')} extra={t('queues.dispositionsHelp')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="disposition_required" valuePropName="checked">
        <Checkbox>{t('queues.dispositionRequired')}</Checkbox>
      </Form.Item>
      <Form.Item name="record" valuePropName="checked">
        <Checkbox>{t('queues.record')}</Checkbox>
      </Form.Item>
      <Form.Item name="survey_id" label={t('queues.survey')}>
        <Pick from="/v1/surveys" allowClear />
      </Form.Item>
    </>
  );
}

export function Seconds({
  name,
  label,
  help,
}: {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
}) {
  const { t } = useTranslation('setup');
  return (
    <Form.Item name={name} label={label} extra={help}>
      <InputNumber min={0} suffix={t('seconds')} style={{ width: 160 }} />
    </Form.Item>
  );
}
