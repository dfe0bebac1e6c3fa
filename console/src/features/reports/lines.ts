// The chart of a report: over time as lines, by name as bars; the period before as thin lines beside.
import type { EChartsCoreOption } from 'echarts/core';
import type { Schemas } from '@/app/me';

type Report = Schemas['Report'];
const SHOWN = [
  'offered',
  'answered',
  'abandoned',
  'key_presses',
  'nodes_entered',
  'contacts',
  'handled',
  'surveys',
];
const MOST_BARS = 20;

interface Named {
  /** The heading of a column. */
  readonly column: (name: string) => string;
  /** A row by its names. */
  readonly row: (row: Report['rows'][number]) => string;
  readonly before: string;
}

export function lines(report: Report, named: Named, previous?: Report | null): EChartsCoreOption | null {
  const measures = report.columns.map((column) => column.name).filter((one) => SHOWN.includes(one));
  if (measures.length === 0) return null;
  const inTime = report.columns.some((column) => column.unit === 'time');
  const byName = report.columns.some((column) => column.unit === 'name');
  if (inTime && byName) return null;
  if (inTime) return report.rows.length < 2 ? null : overTime(report, measures, named, previous);
  return byName && report.rows.length > 0 ? bars(report, measures.slice(0, 3), named) : null;
}

/** Without the intervals that have not begun: nothing happened there yet, which is not the same as none. */
export function begun(report: Report, now: number): Report {
  const rows = report.rows.filter((row) => !row.interval || Date.parse(String(row.interval)) <= now);
  return { ...report, rows };
}

const line = (name: string, values: unknown[], thin: boolean) => ({
  name,
  type: 'line',
  showSymbol: false,
  lineStyle: thin ? { width: 1, type: 'dashed' } : { width: 2 },
  data: values,
});

function overTime(
  report: Report,
  measures: readonly string[],
  named: Named,
  previous?: Report | null,
): EChartsCoreOption {
  const label = (row: Report['rows'][number]) =>
    String(row.interval ?? '').slice(report.grain === 'day' ? 5 : 11, report.grain === 'day' ? 10 : 16);
  const [first = ''] = measures;
  return {
    grid: { left: 40, right: 16, top: 32, bottom: 24 },
    legend: { top: 0 },
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'category', data: report.rows.map(label) },
    yAxis: { type: 'value', minInterval: 1, min: 0 },
    series: [
      ...measures.map((measure) =>
        line(
          named.column(measure),
          report.rows.map((row) => row[measure] ?? null),
          false,
        ),
      ),
      ...(previous
        ? [
            line(
              `${named.column(first)} ${named.before}`,
              previous.rows.map((row) => row[first] ?? null),
              true,
            ),
          ]
        : []),
    ],
  };
}

function bars(report: Report, measures: readonly string[], named: Named): EChartsCoreOption {
  const [first = ''] = measures;
  const rows = [...report.rows]
    .sort((a, b) => Number(b[first] ?? 0) - Number(a[first] ?? 0))
    .slice(0, MOST_BARS);
  return {
    grid: { left: 40, right: 16, top: 32, bottom: 24 },
    legend: { top: 0 },
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'category', data: rows.map(named.row), axisLabel: { hideOverlap: true } },
    yAxis: { type: 'value', minInterval: 1, min: 0 },
    series: measures.map((measure) => ({
      name: named.column(measure),
      type: 'bar',
      barMaxWidth: 24,
      data: rows.map((row) => row[measure] ?? 0),
    })),
  };
}
