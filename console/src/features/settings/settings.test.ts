import { expect, it } from 'vitest';
import { shorter } from './shorter';
import { size } from './size';

it('asks once more only where something would be deleted', () => {
  expect([shorter(null, 30), shorter(90, 30), shorter(30, 1)]).toEqual([true, true, true]);
  expect([
    shorter(30, 30),
    shorter(30, 90),
    shorter(30, null),
    shorter(null, null),
    shorter(30, undefined),
  ]).toEqual(Array(5).fill(false));
});

it('tells sizes in the unit that fits', () => {
  expect([0, 999, 1000, 1_550_000, 3_000_000_000, 5e12].map(size)).toEqual([
    '0 byte',
    '999 byte',
    '1 kB',
    '1.6 MB',
    '3 GB',
    '5,000 GB',
  ]);
});
