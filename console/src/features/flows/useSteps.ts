// The way of a test call through the draft, as the events tell it: the steps it passed and where it is.
import { useEffect, useMemo, useState } from 'react';
import { client } from '@/api/client';

export interface Lit {
  readonly steps: ReadonlySet<string>;
  /** from, tab, to. */
  readonly ways: ReadonlySet<string>;
  readonly here: string | null;
}

interface Told {
  readonly type: string;
  readonly event_id: string;
  readonly contact_id?: string;
  readonly flow_id?: string;
  readonly node_id?: string;
  readonly trial?: boolean;
  readonly at: number;
}

export const nothingLit: Lit = { steps: new Set(), ways: new Set(), here: null };
const EACH_MS = 700;

/** The way so far; told: the events of one flow in the order of their times. A call that is over is nowhere. */
export function way(told: readonly Told[]): Lit {
  const last = told.findLast((one) => one.type === 'flow_node_reached')?.contact_id;
  const own = told.filter((one) => one.contact_id === last);
  const path = own.flatMap((one) => (one.type === 'flow_node_reached' && one.node_id ? [one.node_id] : []));
  const over = own.some((one) => one.type === 'contact_ended');
  return {
    steps: new Set(path),
    ways: new Set(path.slice(1).map((to, index) => `${path[index]}\t${to}`)),
    here: over ? null : (path.at(-1) ?? null),
  };
}

/** Follows the trial calls of the flow from a moment on; null: nobody tries it. */
export function useSteps(flow: string, since: number | null): Lit {
  const [told, setTold] = useState<readonly Told[]>([]);
  useEffect(() => {
    if (since === null) return;
    const stop = new AbortController();
    void follow(flow, since, stop.signal, (more) => setTold((before) => merged(before, more)));
    return () => stop.abort();
  }, [flow, since]);
  return useMemo(() => way(told.filter((one) => since !== null && one.at >= since)), [told, since]);
}

const merged = (before: readonly Told[], more: readonly Told[]): readonly Told[] => [
  ...new Map([...before, ...more].map((one) => [one.event_id, one])).values(),
];

async function follow(flow: string, since: number, signal: AbortSignal, tell: (more: Told[]) => void) {
  const ours = new Set<string>();
  for (let cursor: string | null = null; !signal.aborted;) {
    const query = { since: String(since), ...(cursor ? { cursor } : {}) }; // a cursor counts with its filters alone
    const answer = await client.GET('/v1/analytics/events', { params: { query }, signal }).catch(() => null);
    if (signal.aborted) return;
    const page = answer?.data as { data: unknown[]; next_cursor: string | null } | undefined;
    const events = ((page?.data ?? []) as Told[]).filter((one) => one.trial);
    for (const one of events) if (one.flow_id === flow && one.contact_id) ours.add(one.contact_id);
    const more = events.filter((one) => one.contact_id && ours.has(one.contact_id));
    if (more.length) tell(more);
    cursor = page?.next_cursor ?? cursor;
    await new Promise((done) => setTimeout(done, EACH_MS));
  }
}
