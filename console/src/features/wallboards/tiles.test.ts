import { expect, it } from 'vitest';
import type { Shown } from './tiles';
import { current, FIRST, isGood, isOfQueue, measuresOf, trend, written } from './tiles';

const shown = (more: Partial<Shown>): Shown => ({
  kind: 'number',
  measure: 'waiting',
  queue: '',
  title: '',
  target: null,
  wide: false,
  value: null,
  since: null,
  points: [],
  states: null,
  lines: [],
  ...more,
});

it('writes shares in percent, durations as a clock, and nothing as a dash', () => {
  expect([written('service_level', 0.8), written('longest_wait', 75), written('waiting', null)]).toEqual([
    '80%',
    '1:15',
    '–',
  ]);
});

it('judges by the target: fewer waiting and more answered in time are better', () => {
  expect([isGood('waiting', 6, 5), isGood('service_level', 0.8, 0.8), isGood('waiting', 6, null)]).toEqual([
    false,
    true,
    null,
  ]);
});

it('lets a longest wait grow between two answers', () => {
  const tile = shown({ measure: 'longest_wait', value: 10, since: 1_000 });
  expect([current(tile, 31_000), current(tile, 2_000)]).toEqual([30, 10]);
});

it('draws the half-hours that have begun', () => {
  const points = [
    { start: '2020-01-01T09:00:00+00:00', value: 3 },
    { start: '2999-01-01T09:30:00+00:00', value: 0 },
  ];
  const { series } = trend(shown({ kind: 'trend', measure: 'offered', points }), 'Offered') as {
    series: { data: number[] }[];
  };
  expect(series[0]?.data).toEqual([3]);
});

it('begins with tiles that the server takes', () => {
  for (const one of FIRST) {
    if (one.measure) expect(measuresOf(one.kind)).toContain(one.measure);
    else expect(['states', 'queues']).toContain(one.kind);
  }
  expect([isOfQueue('number', 'busy'), isOfQueue('trend', 'offered')]).toEqual([false, true]);
});
