// How many agents will be needed: the figures move while one types, saving keeps them.
import { Alert, Button, Descriptions, Flex, Form, InputNumber, Statistic } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { useSubmit } from '@/app/useSubmit';
import { count, percent, span } from '@/lib/format';
import { estimate, type Size as Given } from './estimate';
import { openness, useHours } from './useHours';
import { PATH, show, useOnboarding } from './useOnboarding';

const USUAL: Given = {
  accounts: 2000,
  share_percent: 10,
  calls_each: 1.2,
  handle_s: 240,
  target_percent: 80,
  target_s: 20,
};
const FIELDS = [
  ['accounts', 1, 100_000_000, 100],
  ['share_percent', 0.01, 100, 1],
  ['calls_each', 0.01, 100, 0.1],
  ['handle_s', 10, 7200, 10],
  ['target_percent', 1, 99, 1],
  ['target_s', 1, 3600, 1],
] as const;

const complete = (given: Partial<Given>): given is Given =>
  FIELDS.every(([name, least, most]) => {
    const value = given[name];
    return typeof value === 'number' && value >= least && value <= most;
  });

const save = async (body: Given) => show((await client.PUT(`${PATH}/estimate`, { body })).data);

export function Size() {
  const { t } = useTranslation('welcome');
  const { known, isDone } = useOnboarding();
  const { calendar } = useHours();
  const [form] = Form.useForm<Given>();
  const kept = (known?.estimate as Given | null | undefined) ?? USUAL;
  const [given, setGiven] = useState<Partial<Given>>(kept);
  const { trouble, busy, submit } = useSubmit({ form, say: () => t('size.range') });
  const open = openness(calendar?.weekly ?? []);
  return (
    <div className="size">
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={kept}
        onValuesChange={(_, all) => setGiven(all)}
        onFinish={(body) => submit(() => save(body))}
      >
        {trouble && <Alert type="error" showIcon title={trouble} style={{ marginBottom: 12 }} />}
        <div className="size-fields">
          {FIELDS.map(([name, least, most, step]) => (
            <Form.Item
              key={name}
              name={name}
              label={t(`size.${name}`)}
              rules={[{ required: true, type: 'number', min: least, max: most, message: t('size.range') }]}
            >
              <InputNumber step={step} suffix={t(`size.unit.${name}`)} style={{ width: '100%' }} />
            </Form.Item>
          ))}
        </div>
        <Button type={isDone('size') ? 'default' : 'primary'} htmlType="submit" loading={busy}>
          {t('size.save')}
        </Button>
      </Form>
      <Result given={given} open={open} />
    </div>
  );
}

function Result({
  given,
  open,
}: {
  readonly given: Partial<Given>;
  readonly open: ReturnType<typeof openness>;
}) {
  const { t } = useTranslation('welcome');
  if (!complete(given)) return <p className="quiet">{t('size.incomplete')}</p>;
  const { callsAMonth, callsAnHour, staffing } = estimate(given, open);
  return (
    <Flex component="output" vertical gap={12} className="size-result">
      <Flex gap={32}>
        <Statistic title={t('size.agents')} value={count(staffing.agents)} />
        <Statistic title={t('size.busiest')} value={count(Math.ceil(callsAnHour))} />
      </Flex>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'month', label: t('size.month'), children: count(Math.round(callsAMonth)) },
          {
            key: 'within',
            label: t('size.within', { seconds: given.target_s }),
            children: percent(staffing.withinTarget),
          },
          { key: 'wait', label: t('size.wait'), children: span(Math.round(staffing.wait_s)) },
          { key: 'busy', label: t('size.busy'), children: percent(staffing.occupancy) },
        ]}
      />
      <p className="quiet">{t('size.how', { days: open.days, hours: count(Math.round(open.hoursADay)) })}</p>
    </Flex>
  );
}
