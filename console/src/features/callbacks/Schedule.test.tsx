import { QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, within } from '@testing-library/react';
import { App } from 'antd';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { client, queries } from '@/api/client';
import { startLanguages } from '@/i18n';
import { Schedule } from './Schedule';

vi.setConfig({ testTimeout: 60_000 }); // the first form of a page takes a busy machine seconds
const may = vi.hoisted(() => new Set<string>());
vi.mock('@/app/me', () => ({
  useMay: () => (permission: string) => may.has(permission),
  useMe: () => ({ me: { agent_id: 'a_me' } }),
  useZone: () => 'UTC',
}));
vi.mock('@/api/client', async (original) => {
  const real = await original<typeof import('@/api/client')>();
  const kept: Record<string, object[]> = {
    '/v1/routing/queues': [{ id: 'q_1', name: 'Billing' }],
    '/v1/routing/people': [{ id: 'a_2', name: 'Grace' }],
  };
  const request = vi.fn(async (_: string, path: string) => ({ data: { data: kept[path] } }));
  return { ...real, client: { request, POST: vi.fn(async () => ({})) } };
});

beforeAll(startLanguages);
beforeEach(() => queries.clear());

function show() {
  const close = vi.fn();
  render(
    <QueryClientProvider client={queries}>
      <App>
        <Schedule close={close} />
      </App>
    </QueryClientProvider>,
  );
  return close;
}

async function choose(label: string, name: string) {
  fireEvent.mouseDown(screen.getByLabelText(label));
  fireEvent.click(await screen.findByTitle(name));
}

const send = () =>
  fireEvent.click(
    within(screen.getByRole('dialog')).getAllByRole('button', { name: 'Schedule a callback' })[0]!,
  );

it('asks when to remind once there are an owner and a time, and sends seconds', async () => {
  may.add('people.read');
  const close = show();
  fireEvent.change(screen.getByLabelText('Number'), { target: { value: '+44 20 7946 0123' } });
  await choose('Queue', 'Billing');
  await choose('Asked first', 'Grace');
  expect(screen.queryByLabelText('Reminded before')).toBeNull();
  const at = screen.getByLabelText('Not before');
  fireEvent.mouseDown(at);
  fireEvent.change(at, { target: { value: '2027-03-01 10:30:00' } });
  fireEvent.keyDown(at, { key: 'Enter', code: 'Enter' });
  fireEvent.change(await screen.findByLabelText('Reminded before'), { target: { value: '15' } });
  send();
  await vi.waitFor(() => expect(close).toHaveBeenCalled());
  const body = {
    number: '+442079460123',
    queue: 'q_1',
    at: Date.UTC(2027, 2, 1, 10, 30),
    owner: 'a_2',
    remind_s: 900,
  };
  expect(client.POST).toHaveBeenCalledWith('/v1/routing/callbacks', { body });
});

it('offers an agent who may not see the others themselves alone', async () => {
  may.delete('people.read');
  show();
  fireEvent.mouseDown(screen.getByLabelText('Asked first'));
  expect(await screen.findByTitle('Me')).toBeInTheDocument();
  expect(screen.queryByTitle('Grace')).toBeNull();
});
