import { Checkbox, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/app/Amount';
import { Group } from '@/app/Group';
import { orNone } from '@/app/orNone';
import { Pick } from '@/app/Pick';

const MODES = ['always', 'share', 'on_demand', 'never'] as const;

/** Which calls are recorded and how long that is kept. */
export function RecordingFields() {
  const { t } = useTranslation('setup');
  const recorded = Form.useWatch<boolean>('record');
  return (
    <Group title={t('queues.recording')} of={['record', 'recording']}>
      <Form.Item name="record" valuePropName="checked">
        <Checkbox>{t('queues.record')}</Checkbox>
      </Form.Item>
      {recorded && <Which />}
    </Group>
  );
}

function Which() {
  const { t } = useTranslation('setup');
  const mode = Form.useWatch<(typeof MODES)[number]>(['recording', 'mode']);
  return (
    <>
      <Form.Item name={['recording', 'mode']} label={t('queues.recordingMode')}>
        <Select options={MODES.map((value) => ({ value, label: t(`queues.recordingModes.${value}`) }))} />
      </Form.Item>
      {mode === 'share' && (
        <Amount
          name={['recording', 'share_percent']}
          label={t('queues.recordingShare')}
          unit="percent"
          least={1}
          most={100}
        />
      )}
      <Form.Item
        name={['recording', 'retention']}
        label={t('queues.retention')}
        extra={t('queues.retentionHelp')}
        {...orNone}
      >
        <Pick from="/v1/routing/retention-classes" allowClear placeholder={t('queues.retentionRule')} />
      </Form.Item>
    </>
  );
}
