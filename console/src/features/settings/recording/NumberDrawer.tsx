// What is recorded of the calls to one number.
import { Alert, AutoComplete, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { Amount } from '@/app/Amount';
import { FormDrawer } from '@/app/FormDrawer';
import type { Schemas } from '@/app/me';
import { orNone } from '@/app/orNone';
import { Pick } from '@/app/Pick';
import { store, type Rules } from './rules';

export type NumberRule = Schemas['RecordingPolicy'] & { readonly number: string };
const MODES = ['always', 'share', 'on_demand', 'never'] as const;
const E164 = /^\+[1-9]\d{7,14}$/;

interface Given {
  readonly rules: Rules;
  /** number '': a new one. */
  readonly rule: NumberRule;
  readonly close: () => void;
}

export function NumberDrawer({ rules, rule, close }: Given) {
  const { t } = useTranslation('settings');
  const numbers = useOwnNumbers();
  const save = ({ number, mode, share_percent = rule.share_percent, retention }: NumberRule) =>
    store(rules, { numbers: { ...rules.numbers, [number]: { mode, share_percent, retention } } });
  const international = { pattern: E164, message: t('recording.numberWrong') };
  return (
    <FormDrawer<NumberRule>
      title={rule.number || t('recording.addNumber')}
      initialValues={rule}
      submit={save}
      close={close}
    >
      <Alert type="info" title={t('recording.lessHolds')} style={{ marginBottom: 12 }} />
      <Form.Item
        name="number"
        label={t('recording.number')}
        extra={t('recording.numberHelp')}
        rules={[{ required: true, message: t('recording.numberWrong') }, international]}
      >
        <AutoComplete disabled={rule.number !== ''} options={numbers} maxLength={16} />
      </Form.Item>
      <Mode />
      <Form.Item
        name="retention"
        label={t('recording.retention')}
        extra={t('recording.retentionHelp')}
        {...orNone}
      >
        <Pick from="/v1/routing/retention-classes" allowClear placeholder={t('recording.retentionRule')} />
      </Form.Item>
    </FormDrawer>
  );
}

function Mode() {
  const { t } = useTranslation('setup');
  const { t: own } = useTranslation('settings');
  const mode = Form.useWatch<(typeof MODES)[number] | undefined>('mode');
  const options = MODES.map((value) => ({ value, label: t(`queues.recordingModes.${value}`) }));
  return (
    <>
      <Form.Item name="mode" label={own('recording.policy')}>
        <Select options={options} />
      </Form.Item>
      {mode === 'share' && (
        <Amount name="share_percent" label={t('queues.recordingShare')} unit="percent" least={1} most={100} />
      )}
    </>
  );
}

function useOwnNumbers() {
  const { data } = api.useQuery('get', '/v1/ivr/numbers');
  return ((data?.data ?? []) as unknown as { id: string; name: string }[]).map(({ id, name }) => ({
    value: id,
    label: [id, name].filter(Boolean).join(' · '),
  }));
}
