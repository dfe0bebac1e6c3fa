import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/app/Amount';
import { Group } from '@/app/Group';

const FIELDS = [
  'max_wait_s',
  'max_length',
  'short_abandon_s',
  'keep_place_s',
  'expected_handle_s',
  'music_url',
];

/** How long and how many wait, and what they hear. */
export function WaitingFields() {
  const { t } = useTranslation('setup');
  return (
    <Group title={t('queues.waiting')} of={FIELDS}>
      <Amount
        name="max_wait_s"
        label={t('queues.maxWait')}
        help={t('queues.noLimit')}
        unit="seconds"
        least={0}
        most={14_400}
      />
      <Amount
        name="max_length"
        label={t('queues.maxLength')}
        help={t('queues.noLimit')}
        least={0}
        most={5000}
      />
      <Amount
        name="short_abandon_s"
        label={t('queues.shortAbandon')}
        help={t('queues.shortAbandonHelp')}
        unit="seconds"
        least={0}
        most={120}
      />
      <Amount
        name="keep_place_s"
        label={t('queues.keepPlace')}
        help={t('queues.keepPlaceHelp')}
        unit="seconds"
        least={0}
        most={3600}
      />
      <Amount
        name="expected_handle_s"
        label={t('queues.expectedHandle')}
        help={t('queues.expectedHandleHelp')}
        unit="seconds"
        least={1}
        most={14_400}
      />
      <Form.Item
        name="music_url"
        label={t('queues.music')}
        extra={t('queues.musicHelp')}
        rules={[{ pattern: /^https?:\/\/\S+$/, message: t('queues.musicWrong') }]}
      >
        <Input type="url" placeholder="https://" />
      </Form.Item>
    </Group>
  );
}
