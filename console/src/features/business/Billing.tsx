// The plan and its invoices; paying, cards and addresses are on the payment provider's own pages.
import { ExportOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Col, Descriptions, Flex, Popconfirm, Progress, Row, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { Mark } from '@/app/Mark';
import { useMay, useMe, useZone, type Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { useTell } from '@/app/problems';
import { Rows } from '@/app/Rows';
import { Loaded } from '@/app/states';
import { count, moment, money, NONE } from '@/lib/format';
import { usePages } from '@/lib/pages';
import { usePlanName } from './plans';

type Invoice = Schemas['InvoiceHead'];
type Subscribed = Schemas['Subscribed'];
const BILLING = '/v1/tenants/billing';
const CENTS = 100;
const DAY = { dateStyle: 'medium' } as const;

export default function Billing() {
  const { t } = useTranslation('business');
  const asked = api.useQuery('get', BILLING);
  return (
    <Page title={t('billing.title')} actions={asked.data?.subscription && <Portal />}>
      <Loaded of={asked}>
        {() => (
          <Row gutter={[12, 12]}>
            <Col xs={24} lg={12}>
              <Standing billing={asked.data as Subscribed} />
            </Col>
            <Col xs={24} lg={12}>
              <Quotas />
            </Col>
            <Col span={24}>
              <Plans billing={asked.data as Subscribed} />
            </Col>
            <Col span={24}>
              <Invoices />
            </Col>
          </Row>
        )}
      </Loaded>
    </Page>
  );
}

const toPortal = async () => {
  const { data } = await client.POST(`${BILLING}/portal`, {});
  if (data) location.assign(data.url);
};

/** To the provider's own page: cards, addresses, receipts. */
function Portal() {
  const { t } = useTranslation('business');
  const tell = useTell();
  return (
    <Button icon={<ExportOutlined />} onClick={() => void toPortal().catch(tell)}>
      {t('billing.portal')}
    </Button>
  );
}

function Standing({ billing: { subscription, email } }: { readonly billing: Subscribed }) {
  const { t } = useTranslation('business');
  const plan = usePlanName();
  const zone = useZone();
  const tell = useTell();
  const { me } = useMe();
  const renew = (renews: boolean) =>
    client
      .PUT(`${BILLING}/renewal`, { body: { renews } })
      .then(() => queries.invalidateQueries({ queryKey: ['get', BILLING] }))
      .catch(tell);
  if (!subscription)
    return (
      <Card size="small" title={t('billing.plan')}>
        <strong>{plan(me?.tenant.plan ?? '')}</strong>
        <Alert type="info" title={t('billing.none')} style={{ marginTop: 8 }} />
      </Card>
    );
  const good = ['active', 'trialing'].includes(subscription.status);
  return (
    <Card size="small" title={t('billing.plan')}>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'p', label: t('billing.plan'), children: <strong>{plan(subscription.plan)}</strong> },
          {
            key: 's',
            label: t('status'),
            children: (
              <Mark tone={good ? 'good' : 'warning'}>{t(`billing.statuses.${subscription.status}`)}</Mark>
            ),
          },
          { key: 'n', label: t('billing.seats'), children: count(subscription.seats) },
          { key: 'm', label: t('billing.numbers'), children: count(subscription.numbers) },
          {
            key: 'e',
            label: t(subscription.ends_with_period ? 'billing.endsOn' : 'billing.renewsOn'),
            children: moment(subscription.period_end_at, zone, DAY),
          },
          { key: 'c', label: t('billing.email'), children: email || NONE },
        ]}
      />
      {subscription.ends_with_period ? (
        <Button onClick={() => void renew(true)}>{t('billing.renew')}</Button>
      ) : (
        <Popconfirm
          title={t('billing.endAsk', { day: moment(subscription.period_end_at, zone, DAY) })}
          okText={t('billing.end')}
          onConfirm={() => renew(false)}
        >
          <Button danger>{t('billing.end')}</Button>
        </Popconfirm>
      )}
    </Card>
  );
}

function Quotas() {
  const { t } = useTranslation('business');
  const asked = api.useQuery('get', '/v1/tenants/limits');
  return (
    <Card size="small" title={t('billing.quotas')}>
      <Loaded of={asked}>
        {() =>
          Object.entries(asked.data?.quotas ?? {}).map(([name, { used, limit }]) => (
            <Flex key={name} gap={12} align="center">
              <span style={{ width: 140 }}>
                {t(`billing.of.${name}` as 'billing.of.seats', { defaultValue: name })}
              </span>
              <Progress
                size="small"
                percent={limit ? Math.min(100, Math.round((used / limit) * 100)) : 0}
                format={() => `${count(used)} / ${count(limit)}`}
                aria-label={t(`billing.of.${name}` as 'billing.of.seats', { defaultValue: name })}
                style={{ flex: 1 }}
              />
            </Flex>
          ))
        }
      </Loaded>
    </Card>
  );
}

const again = () => queries.invalidateQueries({ queryKey: ['get', BILLING] });

function Plans({ billing: { subscription } }: { readonly billing: Subscribed }) {
  const { t } = useTranslation('business');
  const named = usePlanName();
  const tell = useTell();
  const may = useMay()('plan.manage');
  const { me } = useMe();
  const asked = api.useQuery('get', '/v1/tenants/plans', {}, { staleTime: Infinity });
  const present = subscription?.plan ?? me?.tenant.plan ?? '';
  const choose = async (plan: string) => {
    if (subscription) await client.PUT(`${BILLING}/plan`, { body: { plan } }).then(again);
    else {
      const { data } = await client.POST(`${BILLING}/checkout`, { body: { plan, email: '' } });
      if (data) location.assign(data.url);
    }
  };
  return (
    <Card size="small" title={t('billing.plans')}>
      <Rows<Schemas['PlanView']>
        of={asked}
        rows={asked.data?.data}
        columns={[
          { title: t('name'), render: (_, plan) => <strong>{named(plan.id)}</strong> },
          {
            title: t('billing.base'),
            align: 'right',
            render: (_, plan) => money(plan.base_fee, plan.currency),
          },
          {
            title: t('billing.perSeat'),
            align: 'right',
            render: (_, plan) => money(plan.per_seat, plan.currency),
          },
          {
            title: t('billing.perMinute'),
            align: 'right',
            render: (_, plan) => money(plan.per_minute, plan.currency, 4),
          },
          {
            title: t('billing.perNumber'),
            align: 'right',
            render: (_, plan) => money(plan.per_number, plan.currency),
          },
          {
            title: t('billing.minutes'),
            align: 'right',
            render: (_, plan) => count(plan.included_minutes),
          },
          { title: t('billing.seats'), align: 'right', render: (_, plan) => count(plan.limits.seats) },
          {
            title: t('billing.calls'),
            align: 'right',
            render: (_, plan) => count(plan.limits.concurrent_calls),
          },
          {
            key: 'actions',
            align: 'right',
            render: (_, plan) =>
              plan.id === present ||
              plan.id.startsWith(`${present}@`) ||
              present.startsWith(`${plan.id}@`) ? (
                <Mark tone="good">{t('billing.present')}</Mark>
              ) : (
                may && (
                  <Popconfirm
                    title={t('billing.chooseAsk', { plan: named(plan.id) })}
                    okText={t('billing.choose')}
                    onConfirm={() => choose(plan.id).catch(tell)}
                  >
                    <Button size="small">{t('billing.choose')}</Button>
                  </Popconfirm>
                )
              ),
          },
        ]}
      />
    </Card>
  );
}

const amount = (cents: number, one: Invoice) => money(cents / CENTS, one.currency.toUpperCase());

function Invoices() {
  const { t } = useTranslation('business');
  const zone = useZone();
  const asked = usePages(['invoices'], (query) => client.GET(`${BILLING}/invoices`, { params: { query } }));
  return (
    <Card size="small" title={t('billing.invoices')}>
      <Rows<Invoice>
        of={asked}
        rows={asked.rows}
        empty={t('billing.noInvoices')}
        columns={[
          { title: t('billing.number'), render: (_, one) => one.number || one.id },
          { title: t('billing.made'), render: (_, one) => moment(one.created_at, zone, DAY) },
          {
            title: t('billing.period'),
            render: (_, one) =>
              `${moment(one.period_start_at, zone, DAY)} – ${moment(one.period_end_at, zone, DAY)}`,
          },
          {
            title: t('status'),
            render: (_, one) => <Mark>{t(`billing.invoiceStatuses.${one.status as 'paid'}`)}</Mark>,
          },
          { title: t('billing.total'), align: 'right', render: (_, one) => amount(one.total, one) },
          { title: t('billing.due'), align: 'right', render: (_, one) => amount(one.amount_due, one) },
          {
            key: 'page',
            align: 'right',
            render: (_, one) =>
              one.page_url && (
                <Typography.Link href={one.page_url} target="_blank" rel="noreferrer">
                  {t('billing.open')} <ExportOutlined aria-hidden />
                </Typography.Link>
              ),
          },
        ]}
      />
    </Card>
  );
}
