// What becomes of an agent who lets a call of the queue ring out.
import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';

const USUAL = [0, 1, 2, 3] as const;

/** A number that the API was given besides the usual ones is shown, too. */
export function MissedCall() {
  const { t } = useTranslation('setup');
  const kept = Form.useWatch<number>('away_after_missed') ?? 1;
  const choices = [...new Set([...USUAL, kept])].map((count) => ({
    value: count,
    label: count === 0 ? t('queues.missedStays') : t('queues.missedAway', { count }),
  }));
  return (
    <Form.Item name="away_after_missed" label={t('queues.missed')} extra={t('queues.missedHelp')}>
      <Select options={choices} />
    </Form.Item>
  );
}
