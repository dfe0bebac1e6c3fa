// How large a file is, in the unit that fits.
import { language } from '@/i18n';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
const STEP = 1000;

export function size(bytes: number): string {
  const at = bytes < STEP ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const style = { style: 'unit', unit: UNITS[at], maximumFractionDigits: at ? 1 : 0 } as const;
  return new Intl.NumberFormat(language(), style).format(bytes / STEP ** at);
}
