import { expect, it } from 'vitest';
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
