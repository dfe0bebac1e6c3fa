// From a row of a report to the contacts that it counts.
import type { Schemas } from '@/app/me';

type Row = Schemas['Report']['rows'][number];
export interface ContactFilters {
  readonly from: string;
  readonly to: string;
  readonly queue?: string;
  readonly agent?: string;
  readonly outcome?: string;
}

const text = (value: unknown, otherwise?: string) => (value ? String(value) : otherwise);

/** What to look for; null when no list of contacts is that row. */
export function contactsOf(
  row: Row,
  within: { readonly from: string; readonly to: string; readonly queue?: string; readonly agent?: string },
): ContactFilters | null {
  if ('node' in row || 'disposition' in row || 'survey' in row) return null;
  const day = typeof row.interval === 'string' ? row.interval.slice(0, 10) : null;
  const [queue, agent, outcome] = [
    text(row.queue, within.queue),
    text(row.agent, within.agent),
    text(row.outcome),
  ];
  return {
    from: day ?? within.from,
    to: day ?? within.to,
    ...(queue && { queue }),
    ...(agent && { agent }),
    ...(outcome && { outcome }),
  };
}
