// A test call of the draft: who calls which number hears it; where the network is simulated, the call is made here.
import { PhoneOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Form, Input, Select, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '@/api/client';
import { serverNow } from '@/api/clock';
import { Problem } from '@/api/problem';
import { useMay, useZone, type Schemas } from '@/app/me';
import { useWords } from '@/app/problems';
import { call, demo } from '@/features/sim/carrier';
import { Heard } from '@/features/sim/Heard';
import { moment } from '@/lib/format';
import { ScriptedTests } from './ScriptedTests';
import { FLOW, type Draft, type FlowView } from './useDraft';
import type { Lit } from './useSteps';

interface Given {
  readonly flow: FlowView;
  readonly draft: Draft;
  /** From when on the way of the call is shown. */
  readonly begun: (at: number) => void;
  readonly lit: Lit;
}
interface Who {
  readonly caller: string;
  readonly number: string;
}
const KEPT = 'offhook.trial-caller';
const PRACTICE = '+14155550177';

export function Trial({ flow, draft, begun, lit }: Given) {
  const { t } = useTranslation('flows');
  const words = useWords();
  const may = useMay();
  const { data: simulated } = useQuery({
    queryKey: ['simulated'],
    staleTime: Infinity,
    queryFn: async () => (await demo()).number !== undefined,
  });
  const [form] = Form.useForm<Who>();
  const [running, setRunning] = useState<Schemas['TrialView'] | null>(null);
  const [sid, setSid] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const caller = localStorage.getItem(KEPT) ?? (simulated ? PRACTICE : '');
    if (!form.getFieldValue('caller')) form.setFieldsValue({ caller });
  }, [form, simulated]);
  async function start({ caller, number }: Who) {
    setBusy(true);
    setError(null);
    try {
      const version = await draft.save();
      if (version === null) return;
      const { data } = await client.POST(`${FLOW}/trials`, {
        params: { path: { flow_id: flow.id }, header: { 'If-Match': `"${version}"` } },
        body: { caller, number },
      });
      if (!data) return;
      localStorage.setItem(KEPT, caller);
      setRunning(data);
      begun(serverNow());
      if (simulated) setSid(await call(data.caller, data.number, ''));
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  }
  const readable = (refused: unknown) =>
    refused instanceof Problem && refused.code === 'flow_invalid' ? t('trial.broken') : words(refused);
  return (
    <Flex vertical gap={12}>
      <Typography.Text type="secondary">{t(simulated ? 'trial.helpHere' : 'trial.help')}</Typography.Text>
      <Form
        form={form}
        layout="vertical"
        disabled={!may('flows.write')}
        initialValues={{ number: '' }}
        onFinish={(who) => void start(who)}
      >
        <Form.Item name="caller" label={t('trial.caller')} rules={[{ required: true }]}>
          <Input type="tel" />
        </Form.Item>
        <Form.Item name="number" label={t('trial.number')}>
          <Numbers />
        </Form.Item>
        <Button type="primary" block htmlType="submit" loading={busy} icon={<PhoneOutlined />}>
          {t(simulated ? 'trial.call' : 'trial.begin')}
        </Button>
      </Form>
      {error !== null && <Alert type="error" showIcon title={readable(error)} />}
      {running && <Running trial={running} simulated={simulated ?? false} />}
      {sid && <Heard key={sid} sid={sid} />}
      {lit.steps.size > 0 && (
        <Typography.Text aria-live="polite" data-way>
          {[...lit.steps].join(' → ')}
        </Typography.Text>
      )}
      <ScriptedTests flow={flow} draft={draft} />
    </Flex>
  );
}

/** value: given by the form; '' is the first number that a flow answers. */
function Numbers(given: {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (value: string) => void;
}) {
  const { t } = useTranslation('flows');
  const asked = api.useQuery('get', '/v1/ivr/numbers');
  const options = (asked.data?.data ?? []).map((one) => ({
    value: one.id,
    label: one.name ? `${one.id} · ${one.name}` : one.id,
  }));
  return (
    <Select
      {...given}
      aria-label={t('trial.number')}
      options={[{ value: '', label: t('trial.anyNumber') }, ...options]}
      loading={asked.isPending}
    />
  );
}

function Running({
  trial,
  simulated,
}: {
  readonly trial: Schemas['TrialView'];
  readonly simulated: boolean;
}) {
  const { t } = useTranslation('flows');
  const zone = useZone();
  const until = moment(trial.until, zone, { timeStyle: 'short' });
  const said = { caller: trial.caller, number: trial.number, until };
  return <Alert type="info" title={t(simulated ? 'trial.calling' : 'trial.callNow', said)} />;
}
