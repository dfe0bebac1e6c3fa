import { QueryObserver } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { queries } from '@/api/client';
import { FakeSocket, withFakeSockets } from '@/lib/FakeSocket';
import { LivePart } from './LivePart';

vi.mock('@/api/tokens', async (original) => ({
  ...(await original<typeof import('@/api/tokens')>()),
  accessToken: async () => 'token',
}));

withFakeSockets();

/** A screen that shows an answer; how often it has asked for it. */
function shows(name: string, meta = {}) {
  const queryFn = vi.fn(async () => name);
  const screen = new QueryObserver(queries, { queryKey: ['get', name], queryFn, staleTime: Infinity, meta });
  const gone = screen.subscribe(() => {});
  return { gone, times: () => queryFn.mock.calls.length };
}

const opens = () => act(async () => FakeSocket.last?.onopen?.());

it('reads again all that the screen shows after the way to the server was lost', async () => {
  const customers = shows('/v1/customers');
  const board = shows('/v1/analytics/board', { dear: true });
  const { unmount } = render(<LivePart>{null}</LivePart>);
  await act(() => vi.advanceTimersByTimeAsync(0));
  await opens();
  expect([customers.times(), board.times()]).toEqual([1, 1]);
  await act(async () => FakeSocket.last?.ends());
  await act(() => vi.advanceTimersByTimeAsync(600));
  expect(FakeSocket.made).toHaveLength(2);
  await opens();
  expect([customers.times(), board.times()]).toEqual([2, 1]);
  unmount();
  for (const one of [customers, board]) one.gone();
});
