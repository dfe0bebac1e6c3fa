// A figure in its unit, as a person reads it.
import { useZone } from '@/app/me';
import { count, moment, NONE, percent, span } from '@/lib/format';

export function useFigure(): (unit: string, value: unknown) => string {
  const zone = useZone();
  return (unit, value) => {
    if (value == null) return NONE;
    if (unit === 'time') return moment(String(value), zone, { dateStyle: 'short', timeStyle: 'short' });
    if (unit === 'name') return String(value);
    if (unit === 's') return span(Number(value));
    if (unit === 'share') return percent(Number(value), 1);
    return unit === 'score' ? Number(value).toFixed(1) : count(Number(value));
  };
}
