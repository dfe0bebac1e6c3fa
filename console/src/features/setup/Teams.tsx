import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/app/me';
import { Pick, useNames } from '@/app/Pick';
import { ThingsScreen } from '@/app/ThingsScreen';

type Team = Schemas['Team'];

export default function Teams() {
  const { t } = useTranslation('setup');
  const agent = useNames('/v1/routing/people');
  return (
    <ThingsScreen<Team>
      path="/v1/tenants/teams"
      write="people.write"
      title={t('teams.title')}
      empty={t('teams.empty')}
      fresh={{ name: '', agents: [] }}
      columns={[
        { title: t('name'), dataIndex: 'name' },
        {
          title: t('teams.members'),
          dataIndex: 'agents',
          render: (ids: readonly string[]) => ids.map(agent).join(', '),
        },
      ]}
      fields={
        <>
          <Form.Item name="name" label={t('name')} rules={[{ required: true }]}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="agents" label={t('teams.members')}>
            <Pick from="/v1/routing/people" mode="multiple" />
          </Form.Item>
        </>
      }
    />
  );
}
