import { expect, it, vi } from 'vitest';
import { FakeSocket, withFakeSockets } from '@/lib/FakeSocket';
import type { PhoneState } from './adapter';
import { SimPhone } from './sim';

withFakeSockets();

const ready = { type: 'ready', expires_at: 9e9 };
const closes = async (code: number) => {
  FakeSocket.last?.ends(code);
  await vi.advanceTimersByTimeAsync(6000);
};

it('takes a new token after a long loss of the network, and gives up only when that is refused, too', async () => {
  const states: PhoneState[] = [];
  const renew = vi.fn(async () => 'token');
  const phone = new SimPhone(renew);
  void phone.start({ device: (state) => states.push(state), call() {} });
  await vi.advanceTimersByTimeAsync(0);
  FakeSocket.made[0]?.say(ready);
  for (let loss = 0; loss < 5; loss += 1) await closes(1006);
  await closes(4401);
  expect([states.at(-1), renew.mock.calls.length]).toEqual(['lost', 2]);
  await closes(4401);
  await closes(4401);
  expect(states.at(-1)).toBe('denied');
  phone.stop();
});
