// What the month costs so far, what it will come to against the budget, and its parts.
import { DownloadOutlined, EditOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import {
  Button,
  Card,
  Col,
  DatePicker,
  Flex,
  Progress,
  Row,
  Segmented,
  Statistic,
  Table,
  Typography,
} from 'antd';
import dayjs from 'dayjs';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useCodes } from '@/app/codes';
import { useMay, useZone, type Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { Loaded, Nothing } from '@/app/states';
import { csv, download } from '@/lib/csv';
import { moment, money, NONE, percent } from '@/lib/format';
import { BudgetDrawer } from './BudgetDrawer';
import { perDay } from './charts';
import { PARTS, type Filters } from './filters';

type Costs = Schemas['CostsView'];
const Chart = lazy(() => import('@/lib/Chart'));

export default function Usage() {
  const { t } = useTranslation('business');
  const go = useNavigate();
  const filters = useSearch({ strict: false }) as Filters;
  const may = useMay()('budgets.write');
  const [budget, setBudget] = useState(false);
  const query = { by: filters.by, ...(filters.month && { month: filters.month }) };
  const asked = api.useQuery('get', '/v1/analytics/costs', { params: { query } });
  const change = (part: Partial<Filters>) => void go({ to: '.', search: { ...filters, ...part } });
  const actions = (
    <>
      <DatePicker
        picker="month"
        aria-label={t('usage.monthOf')}
        allowClear
        placeholder={t('usage.thisMonth')}
        value={filters.month ? dayjs(`${filters.month}-01`) : null}
        onChange={(month) => change({ month: month ? month.format('YYYY-MM') : undefined })}
      />
      <Segmented
        aria-label={t('usage.parts')}
        value={filters.by}
        onChange={(by) => change({ by })}
        options={PARTS.map((value) => ({ value, label: t(`usage.by.${value}`) }))}
      />
      {may && (
        <Button icon={<EditOutlined />} onClick={() => setBudget(true)}>
          {t('usage.budget')}
        </Button>
      )}
      {asked.data && <Export costs={asked.data} />}
    </>
  );
  return (
    <Page title={t('usage.title')} actions={actions}>
      <Loaded of={asked}>{() => asked.data && <Shown costs={asked.data} />}</Loaded>
      {budget && <BudgetDrawer close={() => setBudget(false)} />}
    </Page>
  );
}

function Shown({ costs }: { readonly costs: Costs }) {
  const { t } = useTranslation('business');
  const codes = useCodes();
  const zone = useZone();
  const tiles = [
    ['today', costs.today],
    ['month', costs.month_to_date.list],
    ['due', costs.month_to_date.total],
    ['forecast', costs.forecast?.expected ?? null],
  ] as const;
  return (
    <>
      <Row gutter={[12, 12]}>
        {tiles.map(([name, amount]) => (
          <Col key={name} xs={12} lg={6}>
            <Card size="small">
              <Statistic
                title={t(`usage.${name}`)}
                value={amount == null ? NONE : money(amount, costs.currency)}
              />
            </Card>
          </Col>
        ))}
      </Row>
      {costs.budget?.amount && <AgainstBudget costs={costs} budget={costs.budget} />}
      {costs.by === 'day' && costs.lines.length > 1 && (
        <Card size="small">
          <Suspense fallback={null}>
            <Chart option={perDay(costs, t('usage.amount'))} label={t('usage.chart')} height={180} />
          </Suspense>
        </Card>
      )}
      <Table<Schemas['CostLine']>
        size="small"
        rowKey="name"
        pagination={false}
        dataSource={costs.lines}
        locale={{ emptyText: <Nothing>{t('usage.empty')}</Nothing> }}
        columns={[
          {
            title: t(`usage.by.${costs.by as (typeof PARTS)[number]}`),
            render: (_, line) => line.label || codes.value(costs.by, line.name) || NONE,
          },
          { title: t('usage.share'), align: 'right', render: (_, line) => percent(line.share, 1) },
          {
            title: t('usage.amount'),
            align: 'right',
            render: (_, line) => money(line.cost, costs.currency, 4),
          },
        ]}
      />
      <Typography.Text type="secondary">{t('usage.asOf', { at: moment(costs.as_of, zone) })}</Typography.Text>
    </>
  );
}

interface AgainstGiven {
  readonly costs: Costs;
  readonly budget: Schemas['Budget'];
}

function AgainstBudget({ costs, budget }: AgainstGiven) {
  const { t } = useTranslation('business');
  const of = (amount: string) => Number(amount) / Number(budget.amount);
  const spent = of(costs.month_to_date.total); // as the alerts see it
  const expected = costs.forecast ? of(costs.forecast.expected) : null;
  const told = expected !== null && expected > 1 ? 'usage.overBudget' : 'usage.withinBudget';
  return (
    <Card size="small" title={t('usage.budget')}>
      <Progress
        percent={Math.round(spent * 100)}
        status={spent >= 1 || (expected ?? 0) > 1 ? 'exception' : 'normal'}
        aria-label={t('usage.budget')}
      />
      <Flex justify="space-between" wrap>
        <span>
          {money(costs.month_to_date.total, costs.currency)} / {money(budget.amount, costs.currency)}
        </span>
        {costs.forecast && (
          <span>
            {t(told, {
              expected: money(costs.forecast.expected, costs.currency),
              low: money(costs.forecast.low, costs.currency),
              high: money(costs.forecast.high, costs.currency),
            })}
          </span>
        )}
        {budget.hard_cap && <span>{t('usage.cap', { cap: money(budget.hard_cap, costs.currency) })}</span>}
      </Flex>
    </Card>
  );
}

function Export({ costs }: { readonly costs: Costs }) {
  const { t } = useTranslation();
  const save = () =>
    download(
      `costs-${costs.month}-${costs.by}.csv`,
      csv([
        [costs.by, 'label', 'cost', 'currency', 'share'],
        ...costs.lines.map((one) => [one.name, one.label, one.cost, costs.currency, one.share]),
      ]),
    );
  return (
    <Button icon={<DownloadOutlined />} onClick={save}>
      {t('exportCsv')}
    </Button>
  );
}
