import { QueryObserver } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { queries } from '@/api/client';
import { LivePart } from './LivePart';

vi.mock('@/api/tokens', async (original) => ({
  ...(await original<typeof import('@/api/tokens')>()),
  accessToken: async () => 'token',
}));

class FakeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readyState = 1;
  onopen?: () => void;
  onclose?: () => void;
  constructor() {
    FakeSocket.made.push(this);
  }
  send() {}
  close() {}
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  FakeSocket.made = [];
});
afterEach(() => vi.useRealTimers());

/** A screen that shows an answer; how often it has asked for it. */
function shows(name: string, meta = {}) {
  const queryFn = vi.fn(async () => name);
  const screen = new QueryObserver(queries, { queryKey: ['get', name], queryFn, staleTime: Infinity, meta });
  const gone = screen.subscribe(() => {});
  return { gone, times: () => queryFn.mock.calls.length };
}

it('reads again all that the screen shows after the way to the server was lost', async () => {
  const customers = shows('/v1/customers');
  const board = shows('/v1/analytics/board', { dear: true });
  const { unmount } = render(<LivePart>{null}</LivePart>);
  const opens = () => act(async () => FakeSocket.made.at(-1)?.onopen?.());
  await act(() => vi.advanceTimersByTimeAsync(0));
  await opens();
  expect([customers.times(), board.times()]).toEqual([1, 1]);
  await act(async () => FakeSocket.made.at(-1)?.onclose?.());
  await act(() => vi.advanceTimersByTimeAsync(600));
  expect(FakeSocket.made).toHaveLength(2);
  await opens();
  expect([customers.times(), board.times()]).toEqual([2, 1]);
  unmount();
  for (const one of [customers, board]) one.gone();
});
