import { act, renderHook } from '@testing-library/react';
import { App } from 'antd';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { Problem } from '@/api/problem';
import { startLanguages } from '@/i18n';
import { keep } from './drafts';
import { useDraft } from './useDraft';

const server = vi.hoisted(() => ({ PATCH: vi.fn() }));
vi.mock('@/api/client', () => ({ client: server }));

const work = { contact_id: 'c_1', notes: '', disposition: null, resolved: null, wrap_up_until: null };
const shown = (now: Parameters<typeof useDraft>[0] = work) =>
  renderHook(() => useDraft(now), { wrapper: ({ children }) => <App>{children}</App> });
const sent = () => server.PATCH.mock.calls.map(([, init]) => init.body.notes as string);

beforeAll(startLanguages);
beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  server.PATCH.mockReset().mockResolvedValue({});
});
afterEach(() => vi.useRealTimers());

it('stores what was typed last, also when the call ends or another screen is opened within the second', async () => {
  const { result, unmount } = shown();
  act(() => result.current.change({ notes: 'Order 4711' }));
  unmount();
  await vi.advanceTimersByTimeAsync(0);
  expect(sent()).toEqual(['Order 4711']);
  expect(localStorage).toHaveLength(0);
});

it('waits for nothing with what is typed in the last moment of the wrap-up', async () => {
  const { result } = shown({ ...work, wrap_up_until: Date.now() + 1500 });
  act(() => result.current.change({ notes: 'just in time' }));
  await act(() => vi.advanceTimersByTimeAsync(1));
  expect(sent()).toEqual(['just in time']);
});

it('stores what a reload left in the browser without another key being pressed', async () => {
  keep('c_1', { notes: 'before the reload', disposition: null, resolved: null });
  const { result } = shown();
  await act(() => vi.advanceTimersByTimeAsync(0));
  expect([sent(), result.current.state]).toEqual([['before the reload'], 'saved']);
});

it('tries again while the server is out of reach, and not what it will not have', async () => {
  server.PATCH.mockRejectedValueOnce(new TypeError('network')).mockRejectedValueOnce(
    new Problem(422, 'invalid_input', 'Too long.'),
  );
  const { result } = shown();
  act(() => result.current.change({ notes: 'a' }));
  await act(() => vi.advanceTimersByTimeAsync(800));
  await act(() => vi.advanceTimersByTimeAsync(3000));
  expect(sent()).toHaveLength(2);
  await act(() => vi.advanceTimersByTimeAsync(10_000));
  expect([sent().length, result.current.state]).toEqual([2, 'kept']);
});
