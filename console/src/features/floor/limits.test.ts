import { expect, it } from 'vitest';
import { beyond, NEVER, newly } from './limits';

const queue = (waiting: number, level: number | null = null) => ({ id: 'q', waiting, service_level: level });

it('calls from the chosen number of waiting callers on, and below the chosen level', () => {
  const limits = { waiting: 3, level: 0.8, sound: true };
  expect(beyond([queue(2, 0.9)], limits)).toEqual([]);
  expect(beyond([queue(3, 0.79)], limits)).toEqual(['q waiting', 'q level']);
});

it('takes a quiet queue without a level for no alarm, and no limit for never', () => {
  expect(beyond([queue(0, null)], { waiting: 1, level: 0.9, sound: true })).toEqual([]);
  expect(beyond([queue(99, 0)], NEVER)).toEqual([]);
});

it('calls once, and again after it was within the limit', () => {
  expect(newly(['q waiting'], [])).toEqual(['q waiting']);
  expect(newly(['q waiting'], ['q waiting'])).toEqual([]);
});
