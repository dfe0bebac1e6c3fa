import { expect, it } from 'vitest';
import { contactsOf } from './drill';
import { readFilters } from './filters';
import { begun, lines } from './lines';
import { before, range } from './period';

const named = { column: (one: string) => one, row: () => 'row', before: 'before' };
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

it('leaves out what has not begun', () => {
  const rows = ['2026-11-22T09:00+08:00', '2026-11-22T09:30+08:00'].map((interval) => ({
    interval,
    offered: 0,
  }));
  const past = begun(report([['interval', 'time']], rows), Date.parse('2026-11-22T01:29:59Z'));
  expect(past.rows).toEqual(rows.slice(0, 1));
  const whole = [{ offered: 3 }];
  expect(begun(report([['offered', 'count']], whole), 0).rows).toEqual(whole);
});

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
    named,
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
      named,
    ),
  ).toMatchObject({ series: [{ type: 'bar' }] });
});

it('reads filters from the URL and falls back where they are wrong', () => {
  expect(readFilters({ report: 'nothing', from: '2026-11-01', to: 'tomorrow', grain: 'day' })).toEqual({
    report: 'volume',
    from: '2026-11-01',
    to: undefined,
    grain: 'day',
  });
});

it('shows the period before beside the present one', () => {
  const rows = [
    { interval: '2026-11-22T09:00+00:00', offered: 3 },
    { interval: '2026-11-22T09:30+00:00', offered: 1 },
  ];
  const columns: [string, string][] = [
    ['interval', 'time'],
    ['offered', 'count'],
  ];
  const past = report(columns, [{ interval: '2026-11-21T09:00+00:00', offered: 2 }]);
  const option = lines(report(columns, rows), named, past) as { series: { name: string; data: unknown[] }[] };
  expect(option.series.map((one) => [one.name, one.data])).toEqual([
    ['offered', [3, 1]],
    ['offered before', [2]],
  ]);
});

it('knows the days before and named ranges', () => {
  expect(before({ from: '2026-03-01', to: '2026-03-02' })).toEqual({ from: '2026-02-27', to: '2026-02-28' });
  expect(range('week', '2026-11-03')).toEqual({ from: '2026-10-28', to: '2026-11-03' });
  expect(range('month', '2026-11-03').from).toBe('2026-11-01');
});

it('leads from a row to the contacts that it counts', () => {
  const within = { from: '2026-11-01', to: '2026-11-02', queue: 'q_1' };
  expect(contactsOf({ interval: '2026-11-02T09:00+00:00' }, within)).toEqual({
    from: '2026-11-02',
    to: '2026-11-02',
    queue: 'q_1',
  });
  expect(contactsOf({ agent: 'a_1', queue: 'q_2' }, within)).toEqual({
    ...within,
    queue: 'q_2',
    agent: 'a_1',
  });
  expect(contactsOf({ node: 'menu' }, within)).toBeNull();
});
