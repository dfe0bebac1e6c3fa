import { renderHook, waitFor } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { Problem } from '@/api/problem';
import { keep, waiting } from './drafts';
import { useLeftNotes } from './useLeftNotes';

const server = vi.hoisted(() => ({ PATCH: vi.fn() }));
vi.mock('@/api/client', () => ({ client: server }));

const sent = () => server.PATCH.mock.calls.map(([, init]) => init.params.path.contact_id as string);

beforeEach(() => {
  localStorage.clear();
  server.PATCH.mockReset().mockResolvedValue({});
  for (const contact of ['c_1', 'c_2']) keep(contact, { notes: 'Order 4711', disposition: null, resolved: null });
});

it('stores what is left of contacts that are over, once the desk is there', async () => {
  const { rerender } = renderHook(({ there }) => useLeftNotes('c_2', there), { initialProps: { there: false } });
  expect(sent()).toEqual([]);
  rerender({ there: true });
  await waitFor(() => expect(waiting()).toEqual(['c_2']));
  expect(sent()).toEqual(['c_1']);
});

it('keeps what the server will not have', async () => {
  server.PATCH.mockRejectedValue(new Problem(404, 'not_found', ''));
  renderHook(() => useLeftNotes(undefined, true));
  await waitFor(() => expect(sent()).toEqual(['c_1', 'c_2']));
  expect(waiting()).toEqual(['c_1', 'c_2']);
});
