// The standard reports: filters in the URL, a chart, the table, its totals, and all of it as CSV.
import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Card, DatePicker, Flex, Segmented, Select, Table } from 'antd';
import dayjs from 'dayjs';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { useZone, type Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { Pick, useNames } from '@/app/Pick';
import { Loaded, Nothing } from '@/app/states';
import { csv, download } from '@/lib/csv';
import { useNow } from '@/lib/useNow';
import { useFigure } from './figure';
import { grains, reportNames, type Filters } from './filters';
import { lines } from './lines';

type Report = Schemas['Report'];
const Chart = lazy(() => import('@/lib/Chart'));

export default function Reports() {
  const { t } = useTranslation('reports');
  const filters = useSearch({ strict: false }) as Filters;
  const { report, ...query } = filters;
  const asked = useQuery({
    queryKey: ['report', report, query],
    staleTime: 30_000,
    queryFn: async () => {
      const { data } = await client.GET('/v1/analytics/reports/{name}', {
        params: { path: { name: report }, query: query as never },
      });
      return data as Report;
    },
  });
  return (
    <Page title={t('title')} actions={asked.data && <Export report={asked.data} />}>
      <FilterBar filters={filters} />
      <Loaded of={asked}>{() => <Shown report={asked.data as Report} />}</Loaded>
    </Page>
  );
}

function FilterBar({ filters }: { readonly filters: Filters }) {
  const { t } = useTranslation('reports');
  const go = useNavigate();
  const zone = useZone();
  const today = dayIn(useNow(60_000), zone);
  const change = (part: Partial<Filters>) =>
    void go({ to: '/reports', search: { ...filters, ...part } as never });
  const [from, to] = [filters.from ?? today, filters.to ?? filters.from ?? today];
  const grain = filters.grain ?? (filters.report === 'volume' ? '30min' : 'whole');
  return (
    <Flex gap={8} wrap align="center">
      <Segmented
        value={filters.report}
        onChange={(report) => change({ report, grain: undefined, by: undefined })}
        options={reportNames.map((value) => ({ value, label: t(`names.${value}`) }))}
      />
      <DatePicker.RangePicker
        aria-label={t('days')}
        value={[dayjs(from), dayjs(to)]}
        allowClear={false}
        onChange={(days) =>
          days?.[0] &&
          days[1] &&
          change({ from: days[0].format('YYYY-MM-DD'), to: days[1].format('YYYY-MM-DD') })
        }
      />
      <Select
        aria-label={t('grain')}
        value={grain}
        onChange={(value) => change({ grain: value })}
        options={grains.map((value) => ({ value, label: t(`grains.${value}`) }))}
        style={{ width: 130 }}
      />
      {filters.report === 'volume' && (
        <Select
          aria-label={t('by')}
          allowClear
          placeholder={t('by')}
          value={filters.by}
          onChange={(by) => change({ by })}
          options={(['queue', 'agent'] as const).map((value) => ({ value, label: t(`dimensions.${value}`) }))}
          style={{ width: 140 }}
        />
      )}
      <Pick
        from="/v1/routing/queues"
        aria-label={t('dimensions.queue')}
        allowClear
        placeholder={t('dimensions.queue')}
        value={filters.queue}
        onChange={(queue: string | undefined) => change({ queue })}
        style={{ width: 160 }}
      />
    </Flex>
  );
}

/** yyyy-mm-dd there, then. */
const dayIn = (at: number, zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);

/** The heading of a column, in words. */
function useHeading() {
  const { t, i18n } = useTranslation('reports');
  return (name: string): string => {
    const key = [`measures.${name}`, `dimensions.${name}`].find((one) => i18n.exists(one, { ns: 'reports' }));
    return key ? t(key as 'measures.offered') : name;
  };
}

function useCells() {
  const figure = useFigure();
  const queue = useNames('/v1/routing/queues');
  const agent = useNames('/v1/routing/people');
  return (column: Schemas['Column'], value: unknown): string => {
    if (column.name === 'queue') return queue(String(value ?? ''));
    if (column.name === 'agent') return agent(String(value ?? ''));
    return figure(column.unit, value);
  };
}

function Shown({ report }: { readonly report: Report }) {
  const { t } = useTranslation('reports');
  const heading = useHeading();
  const cell = useCells();
  const chart = lines(report, heading);
  const rows = report.rows.map((row, index) => ({ ...row, key: index }));
  return (
    <>
      {chart && (
        <Card size="small">
          <Suspense fallback={null}>
            <Chart
              option={chart}
              label={t('chart', { name: t(`names.${report.name as (typeof reportNames)[number]}`) })}
            />
          </Suspense>
        </Card>
      )}
      <Table
        size="small"
        dataSource={rows}
        pagination={rows.length > 100 ? { pageSize: 100 } : false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Nothing>{t('empty')}</Nothing> }}
        columns={report.columns.map((column) => ({
          key: column.name,
          title: heading(column.name),
          align: isName(column) ? ('left' as const) : ('right' as const),
          render: (_: unknown, row: Report['rows'][number]) => cell(column, row[column.name]),
        }))}
        summary={() => (
          <Table.Summary.Row>
            {report.columns.map((column, index) => (
              <Table.Summary.Cell key={column.name} index={index} align={isName(column) ? 'left' : 'right'}>
                <strong>
                  {index === 0 ? t('total') : isName(column) ? '' : cell(column, report.totals[column.name])}
                </strong>
              </Table.Summary.Cell>
            ))}
          </Table.Summary.Row>
        )}
      />
    </>
  );
}

const isName = (column: Schemas['Column']) => column.unit === 'name' || column.unit === 'time';

function Export({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const heading = useHeading();
  const save = () => {
    const body = report.rows.map((row) => report.columns.map((column) => row[column.name]));
    download(
      `${report.name}-${report.start.slice(0, 10)}.csv`,
      csv([report.columns.map((column) => heading(column.name)), ...body]),
    );
  };
  return (
    <Button icon={<DownloadOutlined />} onClick={save}>
      {t('exportCsv')}
    </Button>
  );
}
