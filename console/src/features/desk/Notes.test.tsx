import { fireEvent, render, screen } from '@testing-library/react';
import { App } from 'antd';
import { QueryClientProvider } from '@tanstack/react-query';
import { beforeAll, expect, it, vi } from 'vitest';
import { queries } from '@/api/client';
import { startLanguages } from '@/i18n';
import { Notes } from './Notes';
import type { Work } from './useDesk';

const server = vi.hoisted(() => ({ DELETE: vi.fn(async () => ({})), PATCH: vi.fn(async () => ({})) }));
vi.mock('@/api/client', async (original) => ({
  ...(await original<typeof import('@/api/client')>()),
  client: server,
}));

const QUEUE = ['get', '/v1/routing/queues/{entity_id}', { params: { path: { entity_id: 'billing' } } }];
const work = {
  contact_id: 'c_1',
  notes: '',
  disposition: null,
  resolved: null,
  customer: { queue: 'billing' },
  wrap_up_extensions_left: 2,
} as Work;

beforeAll(startLanguages);

it('says that an outcome is asked for before the server has to, and asks nothing of it', async () => {
  queries.setQueryData(QUEUE, { dispositions: ['solved'], disposition_required: true });
  render(
    <App>
      <QueryClientProvider client={queries}>
        <Notes work={work} wrapUp />
      </QueryClientProvider>
    </App>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Finish wrap-up' }));
  expect(await screen.findByText('Choose an outcome: this queue asks for one.')).toBeTruthy();
  expect(server.DELETE).not.toHaveBeenCalled();
});
