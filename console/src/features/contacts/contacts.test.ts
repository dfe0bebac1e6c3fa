import { expect, it } from 'vitest';
import { ruleOf, sizeOf } from './facts';
import { readFilters } from './filters';
import { bars } from './peaks';

it('reads how loud a recording is', () => {
  expect(bars('00ff33')).toEqual([0, 1, 0.2]);
  expect(bars('')).toEqual([]);
});

it('reads filters from the URL and leaves out what is wrong', () => {
  expect(readFilters({ from: '2026-11-01', to: 'soon', outcome: 'nice', number: 4155550100 })).toEqual({
    from: '2026-11-01',
    number: '4155550100',
  });
});

it('says how large a file is', () => {
  expect([0, 1023, 1536, 480_044, 3 * 1024 ** 3].map(sizeOf)).toEqual([
    '0 B',
    '1023 B',
    '1.5 kB',
    '468.8 kB',
    '3 GB',
  ]);
});

it('knows by which rule a recording was deleted', () => {
  expect(ruleOf('retention: Bank, seven years, 2557 days')).toEqual({
    name: 'retention',
    values: { name: 'Bank, seven years', days: '2557' },
  });
  expect(ruleOf('deleted by hand').name).toBe('hand');
  expect(ruleOf('something new')).toEqual({ name: 'other', values: { rule: 'something new' } });
});
