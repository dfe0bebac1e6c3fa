// One receiver: its delivery log of thirty days, a test event, replays, another secret.
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { App, Button, Flex, Popconfirm, Select, Table, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { useCodes } from '@/app/codes';
import { Mark } from '@/app/Mark';
import { useMay, useZone, type Schemas } from '@/app/me';
import { Drawer } from '@/app/Overlay';
import { Page } from '@/app/Page';
import { useTell } from '@/app/problems';
import { Rows } from '@/app/Rows';
import { Loaded } from '@/app/states';
import { moment, NONE } from '@/lib/format';
import { pretty } from '@/lib/json';
import { usePages } from '@/lib/pages';
import { STATES, type DeliveryFilters } from './filters';
import { Once, secretIn } from './Once';
import { Health, WEBHOOKS, type Endpoint } from './Webhooks';

type Delivery = Schemas['DeliveryView'];
const ONE = `${WEBHOOKS}/{endpoint_id}` as const;
const LOG = `${ONE}/deliveries` as const;
const RENEWED_MS = 5_000;
const TONES = { delivered: 'good', pending: 'note', exhausted: 'warning', missed: 'warning' } as const;

export default function Webhook() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = api.useQuery('get', ONE, { params: { path: { endpoint_id: id } } });
  return <Loaded of={asked}>{() => asked.data && <Shown endpoint={asked.data} />}</Loaded>;
}

function useLog(id: string, filters: DeliveryFilters) {
  const path = { endpoint_id: id };
  return usePages(
    ['deliveries', id, filters],
    (from) => client.GET(LOG, { params: { path, query: { ...filters, ...from } } }),
    RENEWED_MS,
  );
}

function Shown({ endpoint }: { readonly endpoint: Endpoint }) {
  const { t } = useTranslation('business');
  const zone = useZone();
  const filters = useSearch({ strict: false }) as DeliveryFilters;
  const asked = useLog(endpoint.id, filters);
  const [open, setOpen] = useState<Delivery | null>(null);
  const codes = useCodes();
  return (
    <Page
      title={
        <>
          <Link to="/webhooks">{t('webhooks.title')}</Link> / {endpoint.url}
        </>
      }
      actions={<Actions endpoint={endpoint} />}
    >
      <Flex gap={12} align="center" wrap>
        <Health endpoint={endpoint} />
        <FilterBar filters={filters} />
      </Flex>
      <Rows<Delivery>
        of={asked}
        rows={asked.rows}
        empty={t('webhooks.noDeliveries')}
        columns={[
          {
            title: t('audit.when'),
            render: (_, one) => moment(one.event_at, zone, { dateStyle: 'short', timeStyle: 'medium' }),
          },
          {
            title: t('webhooks.event'),
            render: (_, one) => (
              <>
                <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setOpen(one)}>
                  {codes.event(one.type)}
                </Button>{' '}
                {one.test && <Mark>{t('webhooks.test')}</Mark>}
                <div className="under">{one.type}</div>
              </>
            ),
          },
          {
            title: t('status'),
            render: (_, one) => (
              <Mark tone={TONES[one.state as keyof typeof TONES]}>
                {t(`webhooks.states.${one.state as (typeof STATES)[number]}`)}
              </Mark>
            ),
          },
          { title: t('webhooks.tries'), dataIndex: 'tries', align: 'right' },
          { title: t('webhooks.answer'), render: (_, one) => answerOf(one) },
          {
            title: t('webhooks.next'),
            render: (_, one) => (one.next_at ? moment(one.next_at, zone) : NONE),
          },
          { key: 'actions', align: 'right', render: (_, one) => <Replay delivery={one} /> },
        ]}
      />
      {open && <One delivery={open} close={() => setOpen(null)} />}
    </Page>
  );
}

function answerOf({ attempts }: Delivery): string {
  const last = attempts.at(-1);
  return last ? [last.status || last.reason, `${last.latency_ms} ms`].join(' · ') : NONE;
}

function FilterBar({ filters }: { readonly filters: DeliveryFilters }) {
  const { t } = useTranslation('business');
  const go = useNavigate();
  const types = api.useQuery('get', '/v1/integrations/event-types', {}, { staleTime: Infinity });
  const change = (part: DeliveryFilters) => void go({ to: '.', search: { ...filters, ...part } });
  return (
    <>
      <Select
        allowClear
        aria-label={t('status')}
        placeholder={t('status')}
        value={filters.state}
        style={{ width: 160 }}
        options={STATES.map((value) => ({ value, label: t(`webhooks.states.${value}`) }))}
        onChange={(state?: (typeof STATES)[number]) => change({ state })}
      />
      <Select
        allowClear
        showSearch
        aria-label={t('webhooks.event')}
        placeholder={t('webhooks.event')}
        value={filters.type}
        style={{ width: 240 }}
        options={(types.data?.data ?? []).map((one) => ({ value: one.type, label: one.type }))}
        onChange={(type?: string) => change({ type })}
      />
    </>
  );
}

const again = () => queries.invalidateQueries({ queryKey: ['deliveries'] });

function Replay({ delivery }: { readonly delivery: Delivery }) {
  const { t } = useTranslation('business');
  const tell = useTell();
  const may = useMay()('webhooks.write');
  const path = { endpoint_id: delivery.endpoint_id, delivery_id: delivery.id };
  const replay = () =>
    client.POST(`${LOG}/{delivery_id}/replay`, { params: { path } }).then(again).catch(tell);
  return may ? (
    <Button size="small" onClick={() => void replay()}>
      {t('webhooks.replay')}
    </Button>
  ) : null;
}

function Actions({ endpoint }: { readonly endpoint: Endpoint }) {
  const { t } = useTranslation('business');
  const { message } = App.useApp();
  const tell = useTell();
  const may = useMay()('webhooks.write');
  const [secret, setSecret] = useState('');
  const params = { path: { endpoint_id: endpoint.id } };
  if (!may) return null;
  const test = () =>
    client
      .POST(`${ONE}/test`, { params, body: {} })
      .then(() => message.success(t('webhooks.sent')))
      .then(again)
      .catch(tell);
  const replayAll = () =>
    client
      .POST(`${ONE}/replay`, {
        params,
        body: { since: endpoint.failing_since ?? Date.now() - 30 * 86_400_000 },
      })
      .then(() => message.success(t('webhooks.replaying')))
      .then(again)
      .catch(tell);
  const roll = () =>
    client
      .POST(`${ONE}/secret`, { params })
      .then(({ data }) => setSecret(secretIn(data, 'secret')))
      .catch(tell);
  return (
    <>
      <Button type="primary" onClick={() => void test()}>
        {t('webhooks.sendTest')}
      </Button>
      <Popconfirm title={t('webhooks.replayAsk')} okText={t('webhooks.replay')} onConfirm={replayAll}>
        <Button>{t('webhooks.replayFailed')}</Button>
      </Popconfirm>
      <Popconfirm title={t('webhooks.rollAsk')} okText={t('webhooks.roll')} onConfirm={roll}>
        <Button>{t('webhooks.roll')}</Button>
      </Popconfirm>
      {secret && <Once title={t('webhooks.secret')} secret={secret} close={() => setSecret('')} />}
    </>
  );
}

/** A delivery with its exact body and every attempt. */
function One({ delivery, close }: { readonly delivery: Delivery; readonly close: () => void }) {
  const { t } = useTranslation('business');
  const zone = useZone();
  const path = { endpoint_id: delivery.endpoint_id, delivery_id: delivery.id };
  const asked = api.useQuery('get', `${LOG}/{delivery_id}`, { params: { path } });
  return (
    <Drawer open size={640} title={delivery.type} onClose={close}>
      <Loaded of={asked}>
        {() => (
          <Flex vertical gap={12}>
            <Typography.Text copyable>{delivery.id}</Typography.Text>
            <Table
              size="small"
              rowKey="at"
              pagination={false}
              dataSource={asked.data?.attempts ?? []}
              columns={[
                {
                  title: t('audit.when'),
                  render: (_, one) => moment(one.at, zone, { timeStyle: 'medium', dateStyle: 'short' }),
                },
                { title: t('webhooks.answer'), render: (_, one) => one.status || one.reason },
                { title: t('webhooks.latency'), align: 'right', render: (_, one) => `${one.latency_ms} ms` },
                { title: t('audit.details'), dataIndex: 'response' },
              ]}
            />
            <pre className="body" aria-label={t('webhooks.body')}>
              {pretty(asked.data?.body ?? '')}
            </pre>
          </Flex>
        )}
      </Loaded>
    </Drawer>
  );
}
