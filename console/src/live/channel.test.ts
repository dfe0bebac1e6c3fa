import { expect, it, vi } from 'vitest';
import { FakeSocket, withFakeSockets } from '@/lib/FakeSocket';
import { addressOf, Channel, type Told } from './channel';

withFakeSockets();

async function opened() {
  const heard: Told[] = [];
  const readAgain = vi.fn();
  const connected = vi.fn();
  const channel = new Channel({
    token: async () => 'token',
    hear: (one) => heard.push(one),
    readAgain,
    connected,
  });
  await vi.advanceTimersByTimeAsync(0);
  FakeSocket.made[0]?.onopen?.();
  return { channel, heard, readAgain, connected, socket: FakeSocket.made[0] as FakeSocket };
}

it('passes on what continues and drops what it had', async () => {
  const { heard, socket, channel } = await opened();
  for (const seq of [1, 2, 2, 1, 3]) socket.say({ type: 'contact', id: 'c', seq });
  expect(heard.map((one) => one.seq)).toEqual([1, 2, 3]);
  channel.close();
});

it('reads the state again when a number is missing', async () => {
  const { readAgain, socket, channel } = await opened();
  readAgain.mockClear();
  socket.say({ type: 'contact', id: 'c', seq: 4 });
  socket.say({ type: 'agent', id: 'a', seq: 9 });
  expect(readAgain).not.toHaveBeenCalled();
  socket.say({ type: 'contact', id: 'c', seq: 6 });
  expect(readAgain).toHaveBeenCalledOnce();
  channel.close();
});

it('connects again after a loss, and reads the state', async () => {
  const { readAgain, connected, socket, channel } = await opened();
  readAgain.mockClear();
  socket.ends();
  expect(connected).toHaveBeenLastCalledWith(false);
  await vi.advanceTimersByTimeAsync(600);
  FakeSocket.made[1]?.onopen?.();
  expect([connected.mock.lastCall, readAgain.mock.calls.length]).toEqual([[true], 1]);
  channel.close();
});

it('makes another connection as soon as the network is back, for the one of before may be dead', async () => {
  const { readAgain, socket, channel } = await opened();
  readAgain.mockClear();
  window.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(0);
  FakeSocket.made[1]?.onopen?.();
  socket.ends();
  await vi.advanceTimersByTimeAsync(5000);
  expect([FakeSocket.made.length, readAgain.mock.calls.length]).toEqual([2, 1]);
  channel.close();
  window.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(0);
  expect(FakeSocket.made).toHaveLength(2);
});

it('is at a host of its own where the console has one, and on the one port of a local run', () => {
  expect(addressOf({ protocol: 'https:', host: 'app.example.com' })).toBe('wss://ws.example.com/');
  expect(addressOf({ protocol: 'http:', host: '127.0.0.1:8080' })).toBe('ws://127.0.0.1:8080/ws');
});
