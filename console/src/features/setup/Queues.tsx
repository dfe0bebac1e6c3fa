import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/app/me';
import { ThingsScreen } from '@/app/ThingsScreen';
import { span } from '@/lib/format';
import { freshQueue } from './queue/fresh';
import { QueueFields } from './queue/QueueFields';

export default function Queues() {
  const { t } = useTranslation('setup');
  return (
    <ThingsScreen<Schemas['Queue']>
      path="/v1/routing/queues"
      write="routing.write"
      title={t('queues.title')}
      empty={t('queues.empty')}
      fresh={freshQueue}
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
      fields={<QueueFields />}
    />
  );
}
