import { act, fireEvent, render, screen } from '@testing-library/react';
import { App } from 'antd';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { queries } from '@/api/client';
import { startLanguages } from '@/i18n';
import { MoreTime } from './MoreTime';
import type { Desk, Work } from './useDesk';

const server = vi.hoisted(() => ({ POST: vi.fn() }));
vi.mock('@/api/client', async (original) => ({
  ...(await original<typeof import('@/api/client')>()),
  client: server,
}));

const ME = ['get', '/v1/routing/agents/me', {}];
const work = (wrap_up_extensions_left: number) => ({ contact_id: 'c_1', wrap_up_extensions_left }) as Work;
const shown = (left: number) =>
  render(
    <App>
      <MoreTime work={work(left)} />
    </App>,
  );
const button = () => screen.getByRole('button', { name: 'More time' });

beforeAll(startLanguages);
beforeEach(() => server.POST.mockReset());

it('asks by button and by key, once at a time, and shows the desk that the server answers', async () => {
  const desk = { agent: { state: 'wrap_up' }, work: work(1) } as Desk;
  const answers: ((value: unknown) => void)[] = [];
  server.POST.mockReturnValue(new Promise((resolve) => answers.push(resolve)));
  shown(2);
  fireEvent.click(button());
  fireEvent.keyDown(document, { code: 'KeyL', key: 'L', altKey: true, shiftKey: true });
  expect(server.POST.mock.calls).toEqual([['/v1/routing/agents/me/wrap-up/extension']]);
  await act(async () => answers.forEach((answer) => answer({ data: desk })));
  expect(queries.getQueryData(ME)).toEqual(desk);
  fireEvent.keyDown(document, { code: 'KeyL', key: 'L', altKey: true, shiftKey: true });
  expect(server.POST).toHaveBeenCalledTimes(2);
  await act(async () => answers.forEach((answer) => answer({ data: desk })));
});

it('says why when it is used up, and asks no more', () => {
  shown(0);
  expect(button()).toHaveProperty('disabled', true);
  expect(button()).toHaveAccessibleDescription('It was extended as often as it may be.');
  fireEvent.keyDown(document, { code: 'KeyL', key: 'L', altKey: true, shiftKey: true });
  expect(server.POST).not.toHaveBeenCalled();
});
