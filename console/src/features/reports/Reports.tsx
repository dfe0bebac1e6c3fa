// The standard reports: filters in the URL, chart, table and totals, the period before beside them, CSV and image.
import { DownloadOutlined, PictureOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Button, Card, Col, Row, Statistic, Table } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { useMay, useZone, type Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { Loaded, Nothing } from '@/app/states';
import { csv, download } from '@/lib/csv';
import { percent } from '@/lib/format';
import { useNow } from '@/lib/useNow';
import { contactsOf } from './drill';
import { FilterBar } from './FilterBar';
import type { Filters } from './filters';
import { saveImage } from './image';
import { begun, lines } from './lines';
import { before, dayIn, type Period } from './period';
import { isName, useCells, useHeading } from './words';

type Report = Schemas['Report'];
const Chart = lazy(() => import('@/lib/Chart'));
const TILES = [
  'offered',
  'answered',
  'service_level',
  'abandon_rate',
  'asa',
  'aht',
  'contacts',
  'handled',
  'csat',
  'nps',
  'fcr',
  'surveys',
];
const MOST_TILES = 6;

function useReport(filters: Filters, period: Period, enabled: boolean) {
  const { report, compare: _, ...rest } = filters;
  const query = { ...rest, ...period };
  return useQuery({
    queryKey: ['report', report, query],
    staleTime: 30_000,
    enabled,
    queryFn: async () => {
      const { data } = await client.GET('/v1/analytics/reports/{name}', {
        params: { path: { name: report }, query },
      });
      return begun(data as Report, Date.now());
    },
  });
}

export default function Reports() {
  const { t } = useTranslation('reports');
  const filters = useSearch({ strict: false }) as Filters;
  const zone = useZone();
  const today = dayIn(useNow(60_000), zone);
  const from = filters.from ?? today;
  const period = { from, to: filters.to ?? from };
  const asked = useReport(filters, period, true);
  const past = useReport(filters, before(period), filters.compare === true);
  const previous = filters.compare ? (past.data ?? null) : null;
  const actions = asked.data && (
    <>
      <Button icon={<PictureOutlined />} onClick={() => saveImage(`${filters.report}-${from}.png`)}>
        {t('image')}
      </Button>
      <Export report={asked.data} previous={previous} />
    </>
  );
  return (
    <Page title={t('title')} actions={actions}>
      <FilterBar filters={filters} today={today} />
      <Loaded of={asked}>
        {() =>
          asked.data && <Shown report={asked.data} previous={previous} filters={filters} period={period} />
        }
      </Loaded>
    </Page>
  );
}

interface ShownGiven {
  readonly report: Report;
  readonly previous: Report | null;
  readonly filters: Filters;
  readonly period: Period;
}

function Shown({ report, previous, filters, period }: ShownGiven) {
  const { t } = useTranslation('reports');
  const heading = useHeading();
  const cell = useCells();
  const chart = useMemo(
    () =>
      lines(
        report,
        {
          column: heading,
          row: (row) =>
            report.columns
              .filter((column) => column.unit === 'name')
              .map((column) => cell(column, row[column.name]))
              .join(' · '),
          before: t('before'),
        },
        previous,
      ),
    // oxlint-disable-next-line react/exhaustive-deps -- names change with what is shown only
    [report, previous],
  );
  const rows = report.rows.map((row, index) => ({ ...row, key: index }));
  return (
    <>
      <Tiles report={report} previous={previous} />
      {chart && (
        <Card size="small" data-chart>
          <Suspense fallback={null}>
            <Chart option={chart} label={t('chart', { name: t(`names.${filters.report}`) })} />
          </Suspense>
        </Card>
      )}
      <Table
        size="small"
        dataSource={rows}
        pagination={rows.length > 100 ? { pageSize: 100 } : false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Nothing>{t('empty')}</Nothing> }}
        columns={[
          ...report.columns.map((column) => ({
            key: column.name,
            title: heading(column.name),
            align: isName(column) ? ('left' as const) : ('right' as const),
            render: (_: unknown, row: Report['rows'][number]) => cell(column, row[column.name]),
          })),
          {
            key: 'drill',
            render: (_: unknown, row: Report['rows'][number]) => (
              <Drill row={row} filters={filters} period={period} />
            ),
          },
        ]}
        summary={() => (
          <Table.Summary.Row>
            {report.columns.map((column, index) => (
              <Table.Summary.Cell key={column.name} index={index} align={isName(column) ? 'left' : 'right'}>
                <strong>
                  {index === 0 ? t('total') : isName(column) ? '' : cell(column, report.totals[column.name])}
                </strong>
              </Table.Summary.Cell>
            ))}
            <Table.Summary.Cell index={report.columns.length} />
          </Table.Summary.Row>
        )}
      />
    </>
  );
}

interface DrillGiven {
  readonly row: Report['rows'][number];
  readonly filters: Filters;
  readonly period: Period;
}

function Drill({ row, filters, period }: DrillGiven) {
  const { t } = useTranslation('reports');
  const may = useMay()('contacts.read');
  const search = contactsOf(row, { ...period, queue: filters.queue, agent: filters.agent });
  return may && search ? (
    <Link to="/contacts" search={search}>
      {t('contacts')}
    </Link>
  ) : null;
}

/** The totals that matter most, each with how it changed since the period before. */
function Tiles({ report, previous }: { readonly report: Report; readonly previous: Report | null }) {
  const { t } = useTranslation('reports');
  const heading = useHeading();
  const cell = useCells();
  const shown = report.columns.filter((column) => TILES.includes(column.name)).slice(0, MOST_TILES);
  if (shown.length === 0 || report.rows.length === 0) return null;
  return (
    <Row gutter={[12, 12]}>
      {shown.map((column) => (
        <Col key={column.name} flex="1 1 140px">
          <Card size="small">
            <Statistic title={heading(column.name)} value={cell(column, report.totals[column.name])} />
            {previous && (
              <span className="secondary">
                {t('was', { value: cell(column, previous.totals[column.name]) })}
                {change(report.totals[column.name], previous.totals[column.name])}
              </span>
            )}
          </Card>
        </Col>
      ))}
    </Row>
  );
}

function change(now: unknown, then: unknown): string {
  if (typeof now !== 'number' || typeof then !== 'number' || then === 0) return '';
  const share = (now - then) / then;
  return ` (${share > 0 ? '+' : ''}${percent(share)})`;
}

function Export({ report, previous }: { readonly report: Report; readonly previous: Report | null }) {
  const { t } = useTranslation();
  const { t: own } = useTranslation('reports');
  const heading = useHeading();
  const cell = useCells();
  const save = () => {
    const values = (row: Report['rows'][number]) =>
      report.columns.map((column) => (isName(column) ? cell(column, row[column.name]) : row[column.name]));
    const totals = (of: Report, name: string) =>
      report.columns.map((column, index) =>
        index === 0 ? name : isName(column) ? '' : of.totals[column.name],
      );
    download(
      `${report.name}-${report.start.slice(0, 10)}.csv`,
      csv([
        report.columns.map((column) => heading(column.name)),
        ...report.rows.map(values),
        totals(report, own('total')),
        ...(previous ? [totals(previous, own('before'))] : []),
      ]),
    );
  };
  return (
    <Button icon={<DownloadOutlined />} onClick={save}>
      {t('exportCsv')}
    </Button>
  );
}
