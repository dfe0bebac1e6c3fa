// One's own figures, as the report has them, ready to be shown.
import type { Schemas } from '@/app/me';
import { count, percent, span } from '@/lib/format';

type Report = Schemas['Report'];
export const SHOWN = [
  'handled',
  'offers',
  'offers_missed',
  'offers_declined',
  'aht',
  'signed_in_s',
  'available_s',
  'busy_s',
  'wrap_up_state_s',
  'away_s',
  'occupancy',
  'csat',
] as const;
export type Figure = (typeof SHOWN)[number];

/** A cell as it is written: seconds as a clock, shares in percent, the rest as a number. */
export function written(report: Report, name: Figure): string {
  const cell = report.totals[name];
  const value = typeof cell === 'number' ? cell : null;
  const unit = report.columns.find((one) => one.name === name)?.unit;
  if (unit === 's') return span(value);
  if (unit === 'share') return percent(value);
  return value !== null && !Number.isInteger(value) ? value.toFixed(1) : count(value);
}
