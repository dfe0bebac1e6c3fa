// Whom a call can go to, as typed words find it: colleagues and queues by name, anything like a number as a number.
import type { Schemas } from '@/app/me';
import type { To } from './useCallControl';

export type AgentTarget = Schemas['AgentTarget'];
export type QueueTarget = Schemas['QueueTarget'];
export type Choice =
  | { readonly kind: 'number'; readonly id: string }
  | { readonly kind: 'agent'; readonly id: string; readonly agent: AgentTarget }
  | { readonly kind: 'queue'; readonly id: string; readonly queue: QueueTarget };

/** The number that was meant, in E.164; null: these are no digits of one. */
export function numberIn(words: string): string | null {
  const plain = words.replace(/[\s().-]/g, '').replace(/^00/, '+');
  return /^\+?\d{3,15}$/.test(plain) ? plain : null;
}

/** What the words find, in the order in which it is shown: a number, then colleagues, then queues. */
export function choices(
  words: string,
  agents: readonly AgentTarget[],
  queues: readonly QueueTarget[],
): readonly Choice[] {
  const number = numberIn(words);
  const wanted = words.trim().toLocaleLowerCase();
  const named = (one: { readonly name: string }) => one.name.toLocaleLowerCase().includes(wanted);
  return [
    ...(number ? [{ kind: 'number' as const, id: number }] : []),
    ...agents.filter(named).map((agent) => ({ kind: 'agent' as const, id: agent.id, agent })),
    ...queues.filter(named).map((queue) => ({ kind: 'queue' as const, id: queue.id, queue })),
  ];
}

/** Whether choosing it could come to something now. */
export const isOpen = (choice: Choice): boolean =>
  choice.kind === 'number' || (choice.kind === 'agent' ? choice.agent.free : choice.queue.free > 0);

/** Of which a choice is known, however the list around it changes; null: of none. */
export const keyOf = (choice: Choice | undefined): string | null =>
  choice ? `${choice.kind} ${choice.id}` : null;

/** Where the chosen one stands now; the first while nothing was chosen, -1 when it is gone: nobody else takes its place. */
export const placeOf = (found: readonly Choice[], chosen: string | null): number =>
  chosen === null ? (found.length ? 0 : -1) : found.findIndex((one) => keyOf(one) === chosen);

export const toOf = ({ kind, id }: Choice): To => ({ kind, id });
