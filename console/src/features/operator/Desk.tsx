// The operator desk: tenants with what they earn and cost, the queues of the platform, what could not be handled.
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { DatePicker, Flex, Input, Select, Tabs } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { api, client } from '@/api/client';
import { Mark } from '@/app/Mark';
import type { Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { Rows } from '@/app/Rows';
import { money, NONE } from '@/lib/format';
import { usePlanName } from '@/features/business/plans';
import { usePages } from '@/lib/pages';
import { statuses, type Filters } from './filters';
import { Health } from './Health';

type Row = Schemas['TenantRow'];
const CENTS = 100;

export default function Desk() {
  const { t } = useTranslation('operator');
  return (
    <Page title={t('title')}>
      <Tabs
        items={[
          { key: 'tenants', label: t('tenants'), children: <Tenants /> },
          { key: 'health', label: t('health'), children: <Health /> },
        ]}
      />
    </Page>
  );
}

function useTenants({ query, status }: Filters) {
  const asked = { ...(query && { query }), ...(status && { status }) };
  return usePages(['operator', 'tenants', query, status], (from) =>
    client.GET('/v1/operator/tenants', { params: { query: { ...asked, ...from } } }),
  );
}

const cents = (amount?: number) => (amount === undefined ? NONE : money(amount / CENTS));

function Tenants() {
  const { t } = useTranslation('operator');
  const plan = usePlanName();
  const filters = useSearch({ strict: false }) as Filters;
  const asked = useTenants(filters);
  const month = filters.month ?? dayjs().format('YYYY-MM');
  const margins = api.useQuery('get', '/v1/operator/margins', { params: { query: { month } } });
  const of = (tenant: string) => margins.data?.data.find((one) => one.tenant === tenant);
  return (
    <Flex vertical gap={12}>
      <FilterBar filters={filters} month={month} />
      <Rows<Row>
        of={asked}
        rows={asked.rows}
        empty={t('none')}
        columns={[
          {
            title: t('tenant'),
            render: (_, one) => (
              <Link to="/operator/$id" params={{ id: one.id }}>
                {one.name || one.id}
              </Link>
            ),
          },
          { title: t('status'), render: (_, one) => <Status status={one.status} /> },
          { title: t('plan'), dataIndex: 'plan', render: plan },
          { title: t('revenue'), align: 'right', render: (_, one) => cents(of(one.id)?.revenue) },
          { title: t('cost'), align: 'right', render: (_, one) => cents(of(one.id)?.cost) },
          { title: t('margin'), align: 'right', render: (_, one) => cents(of(one.id)?.margin) },
        ]}
      />
    </Flex>
  );
}

export function Status({ status }: { readonly status: string }) {
  const { t } = useTranslation('operator');
  const good = status === 'active' || status === 'trialing';
  return (
    <Mark tone={good ? 'good' : 'warning'}>
      {t(`statuses.${status}` as 'statuses.active', { defaultValue: status })}
    </Mark>
  );
}

function FilterBar({ filters, month }: { readonly filters: Filters; readonly month: string }) {
  const { t } = useTranslation('operator');
  const go = useNavigate();
  const change = (part: Partial<Filters>) => void go({ to: '.', search: { ...filters, ...part } });
  return (
    <Flex gap={8} wrap>
      <Input.Search
        allowClear
        aria-label={t('find')}
        placeholder={t('find')}
        defaultValue={filters.query}
        style={{ width: 320 }}
        onSearch={(query) => change({ query: query || undefined })}
      />
      <Select
        allowClear
        aria-label={t('status')}
        placeholder={t('status')}
        value={filters.status}
        style={{ width: 180 }}
        options={statuses.map((value) => ({ value, label: t(`statuses.${value}`) }))}
        onChange={(status?: (typeof statuses)[number]) => change({ status })}
      />
      <DatePicker
        picker="month"
        allowClear={false}
        aria-label={t('month')}
        value={dayjs(`${month}-01`)}
        onChange={(chosen) => change({ month: chosen?.format('YYYY-MM') })}
      />
    </Flex>
  );
}
