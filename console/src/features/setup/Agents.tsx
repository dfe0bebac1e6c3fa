import { Checkbox, Divider, Form, Input, type CheckboxChangeEvent } from 'antd';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/app/Amount';
import type { Schemas } from '@/app/me';
import { Pick, useNames } from '@/app/Pick';
import { ThingsScreen } from '@/app/ThingsScreen';
import { EndpointFields } from './EndpointFields';
import { Levels } from './Levels';

type Agent = Schemas['AgentConfig'];

export default function Agents() {
  const { t } = useTranslation('setup');
  const profile = useNames('/v1/routing/profiles');
  return (
    <ThingsScreen<Agent>
      path="/v1/routing/people"
      write="people.write"
      title={t('agents.title')}
      empty={t('agents.empty')}
      fresh={{
        name: '',
        email: '',
        skills: {},
        endpoint: { kind: 'phone', address: '' },
        capacity: { calls: 1, callbacks: 1, voicemails: 10 },
      }}
      columns={[
        { title: t('name'), dataIndex: 'name' },
        { title: t('email'), dataIndex: 'email' },
        { title: t('agents.profile'), dataIndex: 'profile_id', render: profile },
        { title: t('agents.device'), render: (_, agent) => t(`devices.${agent.endpoint.kind}`) },
        {
          title: t('skills'),
          render: (_, agent) =>
            Object.entries(agent.skills ?? {})
              .map(([skill, level]) => `${skill} ${level}`)
              .join(', '),
        },
      ]}
      fields={
        <>
          <Form.Item name="name" label={t('name')} rules={[{ required: true }]}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="email" label={t('email')} rules={[{ required: true, type: 'email' }]}>
            <Input type="email" />
          </Form.Item>
          <Form.Item name="profile_id" label={t('agents.profile')} rules={[{ required: true }]}>
            <Pick from="/v1/routing/profiles" />
          </Form.Item>
          <EndpointFields />
          <Form.Item name="skills" label={t('skills')}>
            <Levels />
          </Form.Item>
          <Work />
        </>
      }
    />
  );
}

/** How much of each channel they are given at once: one call or callback, some voicemails. */
function Work() {
  const { t } = useTranslation('setup');
  return (
    <>
      <Divider titlePlacement="start" plain>
        {t('agents.work')}
      </Divider>
      <p className="under">{t('agents.workHelp')}</p>
      {(['calls', 'callbacks'] as const).map((channel) => (
        <Form.Item key={channel} name={['capacity', channel]} {...oneOrNone} style={{ marginBottom: 4 }}>
          <Checkbox>{t(`agents.${channel}`)}</Checkbox>
        </Form.Item>
      ))}
      <Amount
        name={['capacity', 'voicemails']}
        label={t('agents.voicemails')}
        help={t('agents.voicemailsHelp')}
        least={0}
        most={100}
      />
    </>
  );
}

const oneOrNone = {
  getValueProps: (most?: number) => ({ checked: most === 1 }),
  getValueFromEvent: (event: CheckboxChangeEvent) => (event.target.checked ? 1 : 0),
};
