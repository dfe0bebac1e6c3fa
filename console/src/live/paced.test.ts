import { expect, it, vi } from 'vitest';
import { paced } from './paced';

it('follows the first hint at once and a burst of them together, each name for itself', () => {
  vi.useFakeTimers();
  const act = vi.fn();
  const hear = paced(act);
  for (const name of ['floor', 'floor', 'me', 'floor']) hear(name);
  expect(act.mock.calls.flat()).toEqual(['floor', 'me']);
  vi.advanceTimersByTime(500);
  expect(act.mock.calls.flat()).toEqual(['floor', 'me', 'floor']);
  vi.advanceTimersByTime(5000);
  hear('floor');
  expect(act.mock.calls.flat()).toEqual(['floor', 'me', 'floor', 'floor']);
  vi.useRealTimers();
});
