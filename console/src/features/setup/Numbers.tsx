// The tenant's telephone numbers, the flow that answers each, and buying more.
import { PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Form, Input, Popconfirm, Select, Typography } from 'antd';
import { useState } from 'react';
import { Mark } from '@/app/Mark';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { useMay, type Schemas } from '@/app/me';
import { Drawer } from '@/app/Overlay';
import { Page } from '@/app/Page';
import { useTell } from '@/app/problems';
import { Rows } from '@/app/Rows';

interface Owned {
  readonly id: string;
  readonly name: string;
  readonly flow_id: string;
  readonly how?: string;
}
type Offered = Schemas['Offered'];
const NUMBERS = '/v1/ivr/numbers';
const again = () => queries.invalidateQueries({ queryKey: ['get', NUMBERS] });

export default function Numbers() {
  const { t } = useTranslation('setup');
  const asked = api.useQuery('get', NUMBERS);
  const may = useMay();
  const [buying, setBuying] = useState(false);
  const buy = may('numbers.buy') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setBuying(true)}>
      {t('numbers.buy')}
    </Button>
  );
  return (
    <Page title={t('numbers.title')} actions={buy}>
      <Rows<Owned>
        of={asked}
        rows={asked.data?.data as unknown as Owned[]}
        empty={t('numbers.empty')}
        action={buy}
        columns={[
          {
            title: t('numbers.number'),
            dataIndex: 'id',
            render: (id: string) => <Typography.Text copyable>{id}</Typography.Text>,
          },
          { title: t('name'), dataIndex: 'name' },
          {
            title: t('numbers.flow'),
            render: (_, one) => <FlowOf number={one} fixed={!may('numbers.write')} />,
          },
          { key: 'actions', render: (_, one) => (may('numbers.buy') ? <Release number={one} /> : null) },
        ]}
      />
      {buying && <Buy close={() => setBuying(false)} />}
    </Page>
  );
}

function useFlows() {
  const { data } = api.useQuery('get', '/v1/ivr/flows');
  return ((data?.data ?? []) as unknown as { id: string; name: string }[]).map((one) => ({
    value: one.id,
    label: one.name,
  }));
}

function FlowOf({ number, fixed }: { readonly number: Owned; readonly fixed: boolean }) {
  const { t } = useTranslation('setup');
  const tell = useTell();
  const flows = useFlows();
  const assign = (flow_id: string) =>
    void client
      .PUT('/v1/ivr/numbers/{number}', {
        params: { path: { number: number.id } },
        body: { flow_id, name: number.name },
      })
      .catch(tell)
      .finally(again);
  return (
    <Select
      aria-label={`${number.id}: ${t('numbers.flow')}`}
      disabled={fixed}
      value={number.flow_id || undefined}
      onChange={assign}
      options={flows}
      style={{ width: 220 }}
    />
  );
}

function Release({ number }: { readonly number: Owned }) {
  const { t } = useTranslation('setup');
  const tell = useTell();
  const release = () =>
    client
      .POST('/v1/ivr/numbers/{number}/release', { params: { path: { number: number.id } } })
      .catch(tell)
      .finally(again);
  return (
    <Popconfirm
      title={t('numbers.releaseAsk', { number: number.id })}
      okText={t('numbers.release')}
      onConfirm={release}
    >
      <Button size="small" danger>
        {t('numbers.release')}
      </Button>
    </Popconfirm>
  );
}

interface Wanted {
  readonly country: string;
  readonly kind: string;
  readonly contains: string;
}

function Buy({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('setup');
  const tell = useTell();
  const [wanted, setWanted] = useState<Wanted>({ country: 'US', kind: 'local', contains: '' });
  const [busy, setBusy] = useState('');
  const asked = api.useQuery('get', '/v1/ivr/numbers/available', { params: { query: wanted } as object });
  async function buy(one: Offered) {
    setBusy(one.number);
    try {
      await client.POST(NUMBERS, {
        body: {
          country: one.country,
          kind: one.kind,
          number: one.number,
          contains: '',
          area_code: '',
          flow_id: '',
          name: '',
          meanwhile: false,
        },
      });
      await again();
      close();
    } catch (error) {
      tell(error);
    } finally {
      setBusy('');
    }
  }
  return (
    <Drawer open size={480} title={t('numbers.buy')} onClose={close}>
      <Form
        layout="vertical"
        initialValues={wanted}
        onFinish={(given: Wanted) => setWanted({ ...given, contains: given.contains ?? '' })}
      >
        <Flex gap={8}>
          <Form.Item name="country" label={t('numbers.country')}>
            <Input maxLength={2} style={{ width: 80 }} />
          </Form.Item>
          <Form.Item name="kind" label={t('numbers.kind')}>
            <Select
              style={{ width: 140 }}
              options={(['local', 'mobile', 'toll_free'] as const).map((value) => ({
                value,
                label: t(`numbers.kinds.${value}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="contains" label={t('numbers.contains')}>
            <Input inputMode="numeric" />
          </Form.Item>
        </Flex>
        <Button htmlType="submit">{t('numbers.search')}</Button>
      </Form>
      <Rows<Offered>
        of={asked}
        rowKey="number"
        style={{ marginTop: 12 }}
        rows={asked.data?.data as Offered[]}
        empty={t('numbers.noneOffered')}
        columns={[
          { title: t('numbers.number'), dataIndex: 'number' },
          { title: t('numbers.place'), dataIndex: 'locality' },
          { render: (_, one) => one.needs_papers && <Mark>{t('numbers.papers')}</Mark> },
          {
            render: (_, one) => (
              <Button size="small" loading={busy === one.number} onClick={() => void buy(one)}>
                {t('numbers.take')}
              </Button>
            ),
          },
        ]}
      />
    </Drawer>
  );
}
