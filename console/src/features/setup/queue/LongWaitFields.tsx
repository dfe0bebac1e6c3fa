import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/app/Amount';
import { Group } from '@/app/Group';
import { orNone } from '@/app/orNone';
import { Pick } from '@/app/Pick';
import { Relaxations } from './Relaxations';

/** Who else may take the calls when the wait gets long: less skilled agents, agents of another queue. */
export function LongWaitFields() {
  const { t } = useTranslation('setup');
  return (
    <Group title={t('queues.longWait')} of={['relaxations', 'overflow']}>
      <Form.Item label={t('queues.relaxations')} extra={t('queues.relaxationsHelp')}>
        <Relaxations />
      </Form.Item>
      <Form.Item
        name={['overflow', 'queue']}
        label={t('queues.overflow')}
        extra={t('queues.overflowHelp')}
        {...orNone}
      >
        <Pick from="/v1/routing/queues" allowClear />
      </Form.Item>
      <Amount
        name={['overflow', 'after_s']}
        label={t('queues.overflowAfter')}
        help={t('queues.overflowAfterHelp')}
        unit="seconds"
        least={0}
        most={3600}
      />
      <Amount
        name={['overflow', 'length']}
        label={t('queues.overflowLength')}
        help={t('queues.overflowLengthHelp')}
        least={0}
        most={5000}
      />
    </Group>
  );
}
