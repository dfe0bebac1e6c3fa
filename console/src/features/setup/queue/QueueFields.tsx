import { Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/app/Amount';
import { orNone } from '@/app/orNone';
import { Pick } from '@/app/Pick';
import { Skills } from '../Skills';
import { CallbackFields } from './CallbackFields';
import { LongWaitFields } from './LongWaitFields';
import { MissedCall } from './MissedCall';
import { RecordingFields } from './RecordingFields';
import { TreatmentFields } from './TreatmentFields';
import { WaitingFields } from './WaitingFields';

/** Everything that a queue can be told: what every queue needs first, the rest under its names. */
export function QueueFields() {
  return (
    <>
      <Times />
      <Work />
      <WaitingFields />
      <LongWaitFields />
      <RecordingFields />
      <CallbackFields />
      <TreatmentFields />
    </>
  );
}

function Times() {
  const { t } = useTranslation('setup');
  return (
    <>
      <Form.Item name="name" label={t('name')} rules={[{ required: true }]}>
        <Input maxLength={80} />
      </Form.Item>
      <Amount
        name="target_s"
        label={t('queues.target')}
        help={t('queues.targetHelp')}
        unit="seconds"
        least={1}
        most={3600}
      />
      <Amount name="offer_s" label={t('queues.ring')} unit="seconds" least={5} most={120} />
      <MissedCall />
      <Amount
        name="wrap_up_s"
        label={t('queues.wrapUp')}
        help={t('queues.wrapUpHelp')}
        unit="seconds"
        least={0}
        most={900}
      />
      <Form.Item name="hours" label={t('hours.title')} {...orNone}>
        <Pick from="/v1/ivr/calendars" allowClear />
      </Form.Item>
    </>
  );
}

function Work() {
  const { t } = useTranslation('setup');
  return (
    <>
      <Form.Item label={t('skills')}>
        <Skills name="requirements" />
      </Form.Item>
      <Form.Item name="dispositions" label={t('queues.dispositions')} extra={t('queues.dispositionsHelp')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="disposition_required" valuePropName="checked">
        <Checkbox>{t('queues.dispositionRequired')}</Checkbox>
      </Form.Item>
      <Form.Item name="survey_id" label={t('queues.survey')} {...orNone}>
        <Pick from="/v1/surveys" allowClear />
      </Form.Item>
    </>
  );
}
