// The chart of a report over time: what came and what was answered; nothing where there is no time in it.
import type { EChartsCoreOption } from 'echarts/core';
import type { Schemas } from '@/app/me';

const SHOWN = ['offered', 'answered', 'abandoned', 'key_presses', 'nodes_entered'];

export function lines(report: Schemas['Report'], name: (column: string) => string): EChartsCoreOption | null {
  const measures = report.columns.map((column) => column.name).filter((one) => SHOWN.includes(one));
  const overTime =
    report.columns.some((column) => column.unit === 'time') &&
    !report.columns.some((column) => column.unit === 'name');
  if (!overTime || measures.length === 0 || report.rows.length < 2) return null;
  const label = (row: (typeof report.rows)[number]) =>
    String(row.interval ?? '').slice(report.grain === 'day' ? 5 : 11, report.grain === 'day' ? 10 : 16);
  return {
    grid: { left: 40, right: 16, top: 32, bottom: 24 },
    legend: { top: 0 },
    tooltip: { trigger: 'axis' },
    xAxis: { type: 'category', data: report.rows.map(label) },
    yAxis: { type: 'value', minInterval: 1, min: 0 },
    series: measures.map((measure) => ({
      name: name(measure),
      type: 'line',
      showSymbol: false,
      data: report.rows.map((row) => row[measure] ?? null),
    })),
  };
}
