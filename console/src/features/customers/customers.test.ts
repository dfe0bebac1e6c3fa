import { expect, it } from 'vitest';
import { sameSaid, type Customer } from './customers';
import { isNumber, readFilters } from './filters';

const ann: Customer = {
  id: 'cu_1',
  version: 3,
  name: 'Ann',
  numbers: ['+14155550123'],
  language: '',
  tier: '',
  tags: ['vip'],
  last_score: null,
};

it('knows a number from a name', () => {
  expect(['+1 (415) 555-0123', '4155550123', '010-8888.6666'].map(isNumber)).toEqual([true, true, true]);
  expect(['Ann', '7-Eleven', '王伟', '', '+', '12'].map(isNumber)).toEqual(
    [...Array(6).keys()].map(() => false),
  );
});

it('reads a number from the URL as words', () => {
  expect(readFilters({ q: 4155550123 })).toEqual({ q: '4155550123' });
});

it('takes a new score for no change of what people said, and a new tag for one', () => {
  expect(sameSaid(ann, { ...ann, version: 4, last_score: 80 })).toBe(true);
  expect(sameSaid(ann, { ...ann, tags: ['vip', 'late'] })).toBe(false);
});
