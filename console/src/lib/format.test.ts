import { expect, it } from 'vitest';
import { clock, NONE, span } from './format';

it('writes durations as a clock, never negative', () => {
  expect([0, 59.9, 61, 3600, 3725, -3].map(clock)).toEqual([
    '0:00',
    '0:59',
    '1:01',
    '1:00:00',
    '1:02:05',
    '0:00',
  ]);
});

it('tells nothing from zero', () => {
  expect([span(null), span(0)]).toEqual([NONE, '0:00']);
});
