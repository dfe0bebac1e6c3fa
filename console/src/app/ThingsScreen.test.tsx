import { QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import { App, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { client, queries } from '@/api/client';
import { Problem } from '@/api/problem';
import { startLanguages } from '@/i18n';
import { Group } from './Group';
import { ThingsScreen } from './ThingsScreen';

vi.setConfig({ testTimeout: 30_000 }); // the first form of a page takes a busy machine seconds
vi.mock('./me', () => ({ useMay: () => () => true, useMe: () => ({}) }));
const server = vi.hoisted(() => ({
  teams: [{ id: 't_1', version: 1, name: 'North', agents: [] as string[], by: {} as Record<string, string> }],
}));
vi.mock('@/api/client', async (original) => {
  const real = await original<typeof import('@/api/client')>();
  return { ...real, client: { request: vi.fn(answered) } };
});

async function answered(
  method: string,
  path: string,
  init?: { body: object; headers: Record<string, string> },
) {
  const [team] = server.teams;
  if (method === 'get') return { data: path.endsWith('t_1') ? team : { data: server.teams } };
  if (init?.headers['If-Match'] !== `"${team?.version}"`)
    throw new Problem(412, 'precondition_failed', 'Changed.');
  server.teams = [{ ...team, ...init?.body, version: (team?.version ?? 0) + 1 } as (typeof server.teams)[0]];
  return {};
}

beforeAll(startLanguages);
beforeEach(() => queries.clear());

function show(fields: ReactNode) {
  render(
    <QueryClientProvider client={queries}>
      <App>
        <ThingsScreen<(typeof server.teams)[0]>
          path="/v1/tenants/teams"
          write="people.write"
          title="Teams"
          empty=""
          fresh={{}}
          columns={[{ title: 'Name', dataIndex: 'name' }]}
          fields={fields}
        />
      </App>
    </QueryClientProvider>,
  );
}

it('lets one keep what was typed, or take what somebody else stored meanwhile', async () => {
  show(
    <Form.Item name="name" label="Name">
      <Input />
    </Form.Item>,
  );
  fireEvent.click(await screen.findByText('Edit'));
  server.teams = [{ id: 't_1', version: 2, name: 'South', agents: [], by: {} }];
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'West' } });
  fireEvent.click(screen.getByText('Save'));
  fireEvent.click(await screen.findByText('Reload'));
  expect(screen.getByLabelText('Name')).toHaveValue('South');
  server.teams = [{ id: 't_1', version: 3, name: 'East', agents: [], by: {} }];
  fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'West' } });
  fireEvent.click(screen.getByText('Save'));
  fireEvent.click(await screen.findByText('Keep mine'));
  await vi.waitFor(() => expect(server.teams[0]).toMatchObject({ name: 'West', version: 4 }));
  expect(vi.mocked(client.request)).toHaveBeenCalled();
});

it('keeps what the form does not show, also within what it shows', async () => {
  server.teams = [{ id: 't_1', version: 1, name: 'North', agents: ['a_1'], by: { day: 'Ada', night: 'Bo' } }];
  show(
    <Form.Item name={['by', 'day']} label="By day">
      <Input />
    </Form.Item>,
  );
  fireEvent.click(await screen.findByText('Edit'));
  fireEvent.change(screen.getByLabelText('By day'), { target: { value: 'Cy' } });
  fireEvent.click(screen.getByText('Save'));
  await vi.waitFor(() => expect(server.teams[0]?.version).toBe(2));
  expect(server.teams[0]).toMatchObject({ agents: ['a_1'], by: { day: 'Cy', night: 'Bo' } });
});

it('opens the group in which a field is refused, and says it there', async () => {
  server.teams = [{ id: 't_1', version: 1, name: 'North', agents: [], by: { day: 'Ada' } }];
  show(
    <Group title="Shifts" of={['by']}>
      <Form.Item name={['by', 'day']} label="By day">
        <Input />
      </Form.Item>
    </Group>,
  );
  fireEvent.click(await screen.findByText('Edit'));
  expect(screen.getByLabelText('By day')).not.toBeVisible();
  vi.mocked(client.request).mockRejectedValueOnce(
    new Problem(400, 'invalid_input', 'No.', [{ field: '$.by.day', detail: 'Nobody is called so.' }]),
  );
  fireEvent.click(screen.getByText('Save'));
  await vi.waitFor(() => expect(screen.getByLabelText('By day')).toBeVisible());
  await vi.waitFor(() => expect(screen.getByLabelText('By day')).toHaveAttribute('aria-invalid', 'true'));
  expect(screen.getByLabelText('By day')).toHaveFocus();
});
