// API keys: for programs, with what they may do; each is shown once.
import { PlusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Flex, Form, Input, Popconfirm, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { FormDrawer } from '@/app/FormDrawer';
import { Mark } from '@/app/Mark';
import { useMay, useMe, useZone, type Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { useTell } from '@/app/problems';
import { Rows } from '@/app/Rows';
import { moment, NONE } from '@/lib/format';
import { momentIn } from '@/lib/zone';
import { Once, secretIn } from './Once';

type Key = Schemas['KeyView'];
const KEYS = '/v1/integrations/keys';

export default function Keys() {
  const { t } = useTranslation('business');
  const tell = useTell();
  const zone = useZone();
  const may = useMay()('keys.write');
  const asked = api.useQuery('get', KEYS);
  const [making, setMaking] = useState(false);
  const [token, setToken] = useState('');
  const again = () => queries.invalidateQueries({ queryKey: ['get', KEYS] });
  const revoke = (one: Key) =>
    client
      .DELETE(`${KEYS}/{key_id}`, { params: { path: { key_id: one.id } } })
      .then(again)
      .catch(tell);
  const make = may && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
      {t('keys.create')}
    </Button>
  );
  return (
    <Page title={t('keys.title')} actions={make}>
      <Rows<Key>
        of={asked}
        rows={asked.data?.data}
        empty={t('keys.empty')}
        action={make}
        columns={[
          { title: t('name'), dataIndex: 'name' },
          {
            title: t('keys.scopes'),
            render: (_, one) => (
              <Flex gap={4} wrap>
                {one.scopes.map((scope) => (
                  <Mark key={scope}>{scope}</Mark>
                ))}
              </Flex>
            ),
          },
          { title: t('keys.created'), render: (_, one) => moment(one.created_at, zone) },
          {
            title: t('keys.lastUsed'),
            render: (_, one) => (one.last_used_at ? moment(one.last_used_at, zone) : t('keys.never')),
          },
          {
            title: t('keys.expires'),
            render: (_, one) => (one.expires_at ? moment(one.expires_at, zone) : NONE),
          },
          {
            key: 'actions',
            align: 'right',
            render: (_, one) =>
              may && (
                <Popconfirm
                  title={t('keys.revokeAsk', { name: one.name })}
                  okText={t('keys.revoke')}
                  onConfirm={() => revoke(one)}
                >
                  <Button size="small" danger>
                    {t('keys.revoke')}
                  </Button>
                </Popconfirm>
              ),
          },
        ]}
      />
      {making && (
        <Make
          close={() => setMaking(false)}
          made={(secret) => {
            setMaking(false);
            setToken(secret);
            void again();
          }}
        />
      )}
      {token && <Once title={t('keys.made')} secret={token} close={() => setToken('')} />}
    </Page>
  );
}

interface MakeGiven {
  readonly close: () => void;
  readonly made: (token: string) => void;
}
interface Fields {
  readonly name: string;
  readonly scopes: Schemas['Permission'][];
  readonly expires?: Dayjs | null;
  readonly networks?: string[];
}

function Make({ close, made }: MakeGiven) {
  const { t } = useTranslation('business');
  const { me } = useMe();
  const zone = useZone();
  async function create({ name, scopes, expires, networks = [] }: Fields) {
    const expires_at = expires ? momentIn(zone, `${expires.format('YYYY-MM-DD')}T23:59:59`) : null;
    const { data } = await client.POST(KEYS, { body: { name, scopes, networks, expires_at } });
    made(secretIn(data, 'token'));
  }
  return (
    <FormDrawer<Fields>
      title={t('keys.create')}
      size={480}
      send={t('keys.create')}
      submit={create}
      close={close}
    >
      <Form.Item name="name" label={t('name')} rules={[{ required: true }]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item
        name="scopes"
        label={t('keys.scopes')}
        rules={[{ required: true }]}
        extra={t('keys.scopesHelp')}
      >
        <Select mode="multiple" options={(me?.permissions ?? []).map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="expires" label={t('keys.expires')} extra={t('keys.expiresHelp')}>
        <DatePicker />
      </Form.Item>
      <Form.Item name="networks" label={t('keys.networks')} extra={t('keys.networksHelp')}>
        <Select mode="tags" open={false} suffixIcon={null} placeholder="203.0.113.0/24" />
      </Form.Item>
    </FormDrawer>
  );
}
