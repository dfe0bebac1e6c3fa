import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/app/me';
import { Pick, useNames } from '@/app/Pick';
import { ThingsScreen } from '@/app/ThingsScreen';

type Profile = Schemas['RoutingProfile'];

export default function Profiles() {
  const { t } = useTranslation('setup');
  const queue = useNames('/v1/routing/queues');
  return (
    <ThingsScreen<Profile>
      path="/v1/routing/profiles"
      write="routing.write"
      title={t('profiles.title')}
      empty={t('profiles.empty')}
      fresh={{ name: '', queues: [] }}
      columns={[
        { title: t('name'), dataIndex: 'name' },
        {
          title: t('profiles.queues'),
          dataIndex: 'queues',
          render: (ids: readonly string[]) => ids.map(queue).join(' › '),
        },
      ]}
      fields={
        <>
          <Form.Item name="name" label={t('name')} rules={[{ required: true }]}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item
            name="queues"
            label={t('profiles.queues')}
            extra={t('profiles.queuesHelp')}
            rules={[{ required: true }]}
          >
            <Pick from="/v1/routing/queues" mode="multiple" />
          </Form.Item>
        </>
      }
    />
  );
}
