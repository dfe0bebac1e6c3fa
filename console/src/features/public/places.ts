// Countries and time zones to choose from, and which one the browser is probably in.
import { language } from '@/i18n';

const CODES =
  'AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GI GL GM GN GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PR PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WS YE ZA ZM ZW'.split(
    ' ',
  );

interface Option {
  readonly value: string;
  readonly label: string;
}

/** By name, in the language that is spoken. */
export function countries(): Option[] {
  const names = new Intl.DisplayNames(language(), { type: 'region' });
  return CODES.map((value) => ({ value, label: names.of(value) ?? value })).sort((one, other) =>
    one.label.localeCompare(other.label, language()),
  );
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
  return CODES.includes(found) ? found : 'US';
}
