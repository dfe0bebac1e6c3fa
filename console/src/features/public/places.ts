// Time zones to choose from, and where the browser probably is.
import { COUNTRIES } from '@/lib/countries';

interface Option {
  readonly value: string;
  readonly label: string;
}

export const zones = (): Option[] =>
  ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((value) => ({
    value,
    label: value.replaceAll('_', ' '),
  }));

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Of the browser's languages; the United States when they name none. */
export function ownCountry(languages: readonly string[] = navigator.languages): string {
  const regions = languages.map((one) => new Intl.Locale(one).region);
  const likely = new Intl.Locale(languages[0] ?? 'en-US').maximize().region;
  const found = regions.find(Boolean) ?? likely ?? 'US';
  return COUNTRIES.includes(found) ? found : 'US';
}
