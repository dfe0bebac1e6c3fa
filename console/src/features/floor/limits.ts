// When the floor calls: at so many waiting, or below a service level; chosen here, kept in this browser.
import { create } from 'zustand';

export interface Limits {
  /** By queue; 0 = never. */
  readonly waiting: number;
  /** Share of 1; 0 = never. */
  readonly level: number;
  readonly sound: boolean;
}

const KEPT = 'offhook.floor.limits';
export const NEVER: Limits = { waiting: 0, level: 0, sound: true };

interface Kept extends Limits {
  choose(part: Partial<Limits>): void;
}

export const useLimits = create<Kept>((set, get) => ({
  ...read(),
  choose(part) {
    set(part);
    const { waiting, level, sound } = get();
    localStorage.setItem(KEPT, JSON.stringify({ waiting, level, sound }));
  },
}));

function read(): Limits {
  try {
    return { ...NEVER, ...(JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Limits>) };
  } catch {
    return NEVER;
  }
}

interface Queue {
  readonly id: string;
  readonly waiting: number;
  readonly service_level: number | null;
}

/** What is beyond its limit: `<queue> waiting`, `<queue> level`. */
export function beyond(queues: readonly Queue[], limits: Limits): readonly string[] {
  return queues.flatMap(({ id, waiting, service_level: level }) => [
    ...(limits.waiting > 0 && waiting >= limits.waiting ? [`${id} waiting`] : []),
    ...(limits.level > 0 && level !== null && level < limits.level ? [`${id} level`] : []),
  ]);
}

/** What was within its limit before: each is called once, until it has been within again. */
export const newly = (now: readonly string[], before: readonly string[]): readonly string[] =>
  now.filter((one) => !before.includes(one));
