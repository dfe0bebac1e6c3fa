import { act, renderHook } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import type { PhoneEvents } from './adapter';
import { PhonePart, usePhone } from './PhonePart';

const made = vi.hoisted(() => [] as { on: PhoneEvents; stopped: boolean; fail(): void; done(): void }[]);
vi.mock('@/app/me', () => ({ useMe: () => ({ me: { agent_id: 'a_1' } }) }));
vi.mock('@/api/client', () => ({ client: {} }));
vi.mock('./choose', () => ({
  ChosenPhone: class {
    private own = { on: {} as PhoneEvents, stopped: false, fail() {}, done() {} };
    start(on: PhoneEvents) {
      on.device('registering');
      return new Promise<void>((done, failed) => {
        this.own = { on, stopped: false, done, fail: () => failed(new Error('no token')) };
        made.push(this.own);
      });
    }
    stop() {
      this.own.stopped = true;
      this.own.on.device('off');
    }
  },
}));

const phone = () => renderHook(usePhone, { wrapper: PhonePart }).result;
beforeEach(() => void (made.length = 0));

it('is plugged in once, however many ask for it at the same time', async () => {
  const shown = phone();
  await act(async () => void [shown.current.plugIn(), shown.current.plugIn('here')]);
  expect([made.length, shown.current.state]).toEqual([1, 'registering']);
});

it('is no phone that could ring when plugging in failed, and may be tried again', async () => {
  const shown = phone();
  let refusal: unknown;
  await act(async () => void shown.current.plugIn().catch((error: unknown) => (refusal = error)));
  await act(async () => made[0]?.fail());
  expect([shown.current.state, String(refusal), made[0]?.stopped]).toEqual([
    'denied',
    'Error: no token',
    true,
  ]);
  await act(async () => void shown.current.plugIn('here'));
  await act(async () => (made[1]?.on.device('ready'), made[1]?.done()));
  expect(shown.current.state).toBe('ready');
});

it('can be plugged in again after it was refused while it was ready', async () => {
  const shown = phone();
  await act(async () => void shown.current.plugIn());
  await act(async () => made[0]?.done());
  await act(async () => made[0]?.on.device('denied'));
  await act(async () => void shown.current.plugIn('here'));
  expect([made.length, made[0]?.stopped, shown.current.state]).toEqual([2, true, 'registering']);
});

it('stays unplugged when it was unplugged while it was being plugged in', async () => {
  const shown = phone();
  await act(async () => (void shown.current.plugIn(), shown.current.unplug()));
  expect([made.length, shown.current.state]).toEqual([0, 'off']);
});
