// Figures as people of the language write them; `null` is an en dash, never a zero.
import { language } from '@/i18n';

export const NONE = '–';

const two = (n: number) => String(n).padStart(2, '0');

/** m:ss, or h:mm:ss from an hour on; never negative. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

export const span = (seconds: number | null | undefined): string => (seconds == null ? NONE : clock(seconds));

export const percent = (share: number | null | undefined, digits = 0): string =>
  share == null
    ? NONE
    : new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: digits }).format(share);

export const count = (value: number | null | undefined): string =>
  value == null ? NONE : new Intl.NumberFormat(language()).format(value);

/** amount: a decimal string, as the ledger has it. */
export const money = (amount: string | number | null | undefined, currency = 'USD', digits = 2): string =>
  amount == null
    ? NONE
    : new Intl.NumberFormat(language(), {
        style: 'currency',
        currency,
        maximumFractionDigits: digits,
        minimumFractionDigits: Math.min(2, digits),
      }).format(Number(amount));

/** at: milliseconds since the epoch, or ISO. zone: the tenant's time zone. */
export function moment(
  at: number | string | null | undefined,
  zone: string,
  options: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' },
): string {
  return at == null
    ? NONE
    : new Intl.DateTimeFormat(language(), { ...options, timeZone: zone }).format(new Date(at));
}

/** A language by its name, as people of the language that is shown call it; what is no tag stays as it is. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(language(), { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag || NONE;
  }
}
