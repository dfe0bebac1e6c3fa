import { expect, it } from 'vitest';
import { choices, isOpen, keyOf, numberIn, placeOf, type AgentTarget, type QueueTarget } from './targets';

const agent = (name: string, free = true): AgentTarget => ({
  id: name,
  name,
  free,
  state: free ? 'available' : 'busy',
  since: 0,
  queues: [],
});
const queue = (name: string, free: number): QueueTarget => ({
  id: name,
  name,
  free,
  signed_in: 2,
  waiting: 0,
  oldest_at: null,
  closed: false,
});
const AGENTS = [agent('Ada'), agent('Ben', false)];
const QUEUES = [queue('Billing', 0), queue('Sales', 1)];
const found = (words: string) => choices(words, AGENTS, QUEUES).map((one) => `${one.kind} ${one.id}`);

it('finds colleagues and queues by a part of their name', () => {
  expect(found('b')).toEqual(['agent Ben', 'queue Billing']);
  expect(found('')).toHaveLength(4);
});

it('takes what looks like a number for one, however it is written', () => {
  expect(found('+44 (20) 7946-0123')).toEqual(['number +442079460123']);
  expect([numberIn('0044 20 7946 0123'), numberIn('Ada 1'), numberIn('12')]).toEqual([
    '+442079460123',
    null,
    null,
  ]);
});

it('says of each whether anybody is free', () => {
  expect(choices('', AGENTS, QUEUES).map(isOpen)).toEqual([true, false, false, true]);
});

it('keeps to whom was chosen while the list around them changes, and chooses nobody in their place', () => {
  const before = choices('', AGENTS, QUEUES);
  const chosen = keyOf(before[1]);
  expect([placeOf(before, null), placeOf(before, chosen)]).toEqual([0, 1]);
  expect(placeOf(choices('', [agent('Ann'), ...AGENTS], QUEUES), chosen)).toBe(2);
  expect(placeOf(choices('', [agent('Ada')], QUEUES), chosen)).toBe(-1);
});
