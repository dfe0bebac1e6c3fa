// Who works here: their roles, invitations under way, inviting.
import { PlusOutlined } from '@ant-design/icons';
import { Button, Card, Flex, Form, Input, Popconfirm, Select, Table } from 'antd';
import { useState } from 'react';
import { Mark } from '@/app/Mark';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { FormDrawer } from '@/app/FormDrawer';
import { useMay, useMe, useZone, type Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { Pick } from '@/app/Pick';
import { useTell } from '@/app/problems';
import { Loaded, Nothing } from '@/app/states';
import { moment } from '@/lib/format';

type Person = Schemas['Person'];
type Invitation = Schemas['InvitationView'];
const ROLES = ['admin', 'supervisor', 'quality', 'agent', 'analyst'] as const;
const PEOPLE = '/v1/tenants/people';
const INVITATIONS = '/v1/tenants/invitations';
const again = (path: string) => queries.invalidateQueries({ queryKey: ['get', path] });

export default function People() {
  const { t } = useTranslation('setup');
  const may = useMay()('people.write');
  const [inviting, setInviting] = useState(false);
  const invite = may && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setInviting(true)}>
      {t('people.invite')}
    </Button>
  );
  return (
    <Page title={t('people.title')} actions={invite}>
      <Members />
      <Invitations />
      {inviting && <Invite close={() => setInviting(false)} />}
    </Page>
  );
}

function Members() {
  const { t } = useTranslation('setup');
  const asked = api.useQuery('get', PEOPLE);
  const people = [...((asked.data?.data ?? []) as Person[])].sort((a, b) => a.name.localeCompare(b.name));
  const may = useMay()('people.write');
  const { me } = useMe();
  return (
    <Loaded of={asked}>
      {() => (
        <Table<Person>
          size="small"
          rowKey="user_id"
          pagination={people.length > 50 ? { pageSize: 50 } : false}
          dataSource={people}
          columns={[
            { title: t('name'), dataIndex: 'name' },
            { title: t('email'), dataIndex: 'email' },
            {
              title: t('people.role'),
              render: (_, one) => (
                <RoleOf person={one} fixed={!may || one.user_id === me?.user_id || one.role === 'owner'} />
              ),
            },
            {
              title: t('people.secondFactor'),
              render: (_, one) => t(one.second_factor ? 'people.on' : 'people.off'),
            },
            {
              title: t('people.status'),
              render: (_, one) => (
                <Mark tone={one.status === 'active' ? 'good' : 'plain'}>
                  {t(`people.statuses.${one.status}`)}
                </Mark>
              ),
            },
            {
              key: 'actions',
              render: (_, one) =>
                may && one.role !== 'owner' && one.user_id !== me?.user_id ? <Actions person={one} /> : null,
            },
          ]}
        />
      )}
    </Loaded>
  );
}

function RoleOf({ person, fixed }: { readonly person: Person; readonly fixed: boolean }) {
  const { t } = useTranslation('setup');
  const tell = useTell();
  if (fixed) return <>{t(`people.roles.${person.role as (typeof ROLES)[number] | 'owner'}`)}</>;
  const change = (role: (typeof ROLES)[number]) =>
    void client
      .PUT('/v1/tenants/people/{user_id}/access', {
        params: { path: { user_id: person.user_id }, header: { 'If-Match': `"${person.version}"` } },
        body: { role, permission_set: '', teams: person.teams, queues: person.queues },
      })
      .catch(tell)
      .finally(() => again(PEOPLE));
  return (
    <Select
      aria-label={`${person.name}: ${t('people.role')}`}
      size="small"
      value={person.role as (typeof ROLES)[number]}
      onChange={change}
      style={{ width: 140 }}
      options={ROLES.map((value) => ({ value, label: t(`people.roles.${value}`) }))}
    />
  );
}

function Actions({ person }: { readonly person: Person }) {
  const { t } = useTranslation('setup');
  const { t: app } = useTranslation();
  const tell = useTell();
  const params = { path: { user_id: person.user_id } };
  const done = (asked: Promise<unknown>) => void asked.catch(tell).finally(() => again(PEOPLE));
  const next = person.status === 'active' ? 'disabled' : 'active';
  return (
    <Flex gap={4} justify="end">
      <Button
        size="small"
        onClick={() =>
          done(client.PUT('/v1/tenants/people/{user_id}/status', { params, body: { status: next } }))
        }
      >
        {t(next === 'active' ? 'people.enable' : 'people.disable')}
      </Button>
      <Popconfirm
        title={t('people.removeAsk', { name: person.name })}
        okText={t('people.remove')}
        cancelText={app('cancel')}
        onConfirm={() => done(client.DELETE('/v1/tenants/people/{user_id}', { params }))}
      >
        <Button size="small" danger>
          {t('people.remove')}
        </Button>
      </Popconfirm>
    </Flex>
  );
}

function Invitations() {
  const { t } = useTranslation('setup');
  const zone = useZone();
  const may = useMay()('people.write');
  const tell = useTell();
  const asked = api.useQuery('get', INVITATIONS, {}, { enabled: may });
  const open = (asked.data?.data ?? []) as Invitation[];
  if (!may || open.length === 0) return null;
  const params = (one: Invitation) => ({ params: { path: { invitation_id: one.id } } });
  return (
    <Card size="small" title={t('people.invited')}>
      <Table<Invitation>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={open}
        locale={{ emptyText: <Nothing /> }}
        columns={[
          { title: t('email'), dataIndex: 'email' },
          {
            title: t('people.role'),
            dataIndex: 'role',
            render: (role: (typeof ROLES)[number]) => (role ? t(`people.roles.${role}`) : ''),
          },
          { title: t('people.until'), dataIndex: 'expires_at', render: (at: number) => moment(at, zone) },
          {
            key: 'actions',
            render: (_, one) => (
              <Flex gap={4} justify="end">
                <Button
                  size="small"
                  onClick={() =>
                    void client
                      .POST('/v1/tenants/invitations/{invitation_id}/mails', params(one))
                      .catch(tell)
                      .finally(() => again(INVITATIONS))
                  }
                >
                  {t('people.again')}
                </Button>
                <Button
                  size="small"
                  danger
                  onClick={() =>
                    void client
                      .DELETE('/v1/tenants/invitations/{invitation_id}', params(one))
                      .catch(tell)
                      .finally(() => again(INVITATIONS))
                  }
                >
                  {t('people.withdraw')}
                </Button>
              </Flex>
            ),
          },
        ]}
      />
    </Card>
  );
}

interface InviteText {
  readonly email: string;
  readonly name?: string;
  readonly role: (typeof ROLES)[number];
  readonly profile_id?: string;
  readonly teams?: string[];
}

function Invite({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('setup');
  async function send(given: InviteText) {
    await client.POST(INVITATIONS, {
      body: { name: '', profile_id: '', teams: [], queues: [], permission_set: '', ...given },
    });
    void again(INVITATIONS);
  }
  return (
    <FormDrawer<InviteText>
      title={t('people.invite')}
      size={480}
      send={t('people.send')}
      initialValues={{ role: 'agent' }}
      submit={send}
      close={close}
    >
      <Form.Item name="email" label={t('email')} rules={[{ required: true, type: 'email' }]}>
        <Input type="email" autoFocus />
      </Form.Item>
      <Form.Item name="name" label={t('name')}>
        <Input />
      </Form.Item>
      <Form.Item name="role" label={t('people.role')}>
        <Select options={ROLES.map((value) => ({ value, label: t(`people.roles.${value}`) }))} />
      </Form.Item>
      <Form.Item name="profile_id" label={t('agents.profile')}>
        <Pick from="/v1/routing/profiles" allowClear />
      </Form.Item>
      <Form.Item name="teams" label={t('teams.title')}>
        <Pick from="/v1/tenants/teams" mode="multiple" />
      </Form.Item>
    </FormDrawer>
  );
}
