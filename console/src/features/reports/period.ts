// Days of a report: named ranges, and the same number of days before.
export interface Period {
  readonly from: string;
  readonly to: string;
}
const DAY_MS = 86_400_000;

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const named = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Today there, as yyyy-mm-dd. */
export const dayIn = (ms: number, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(ms);

export const shifted = (day: string, days: number): string => named(at(day) + days * DAY_MS);

/** As many days, up to the one before. */
export function before({ from, to }: Period): Period {
  const days = Math.round((at(to) - at(from)) / DAY_MS) + 1;
  return { from: shifted(from, -days), to: shifted(to, -days) };
}

export const ranges = ['today', 'yesterday', 'week', 'month'] as const;

/** Named ranges that end today or yesterday. */
export function range(name: (typeof ranges)[number], today: string): Period {
  switch (name) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: shifted(today, -1), to: shifted(today, -1) };
    case 'week':
      return { from: shifted(today, -6), to: today };
    default:
      return { from: `${today.slice(0, 8)}01`, to: today };
  }
}
