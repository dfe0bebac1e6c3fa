import { expect, it } from 'vitest';
import { readFilters } from './filters';
import { lines } from './lines';

const report = (columns: [string, string][], rows: Record<string, string | number | null>[]) =>
  ({
    name: 'volume',
    grain: '30min',
    columns: columns.map(([name, unit]) => ({ name, unit })),
    rows,
    totals: {},
    start: '',
    end: '',
    time_zone: 'UTC',
    bytes_scanned: 0,
    query_id: '',
  }) as never;

it('draws counts over time and leaves what has none undrawn', () => {
  const rows = [
    { interval: '2026-11-22T09:00+00:00', offered: 3 },
    { interval: '2026-11-22T09:30+00:00', offered: null },
  ];
  const option = lines(
    report(
      [
        ['interval', 'time'],
        ['offered', 'count'],
      ],
      rows,
    ),
    (one) => one,
  ) as { xAxis: { data: string[] }; series: { data: unknown[] }[] };
  expect([option.xAxis.data, option.series[0]?.data]).toEqual([
    ['09:00', '09:30'],
    [3, null],
  ]);
  expect(
    lines(
      report(
        [
          ['agent', 'name'],
          ['handled', 'count'],
        ],
        rows,
      ),
      (one) => one,
    ),
  ).toBeNull();
});

it('reads filters from the URL and falls back where they are wrong', () => {
  expect(readFilters({ report: 'nothing', from: '2026-11-01', to: 'tomorrow', grain: 'day' })).toEqual({
    report: 'volume',
    from: '2026-11-01',
    to: undefined,
    grain: 'day',
  });
});
