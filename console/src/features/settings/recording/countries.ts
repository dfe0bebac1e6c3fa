// Countries with what their law asks of whoever records, and what the company asks beyond it.
import type { Rule, Rules } from './rules';

export interface CountryRow {
  readonly country: string;
  readonly name: string;
  readonly law: Rule;
  /** The act that says so; none: the country is not in the table. */
  readonly source?: string;
  readonly own?: Rule;
}

/** Those of the table and those with a rule of their own, by name. */
export function rowsOf(
  { table, regions, unknown }: Pick<Rules, 'table' | 'regions' | 'unknown'>,
  nameOf: (country: string) => string,
): CountryRow[] {
  const all = new Set([...Object.keys(table), ...Object.keys(regions)]);
  return [...all]
    .map((country) => ({
      country,
      name: nameOf(country),
      law: table[country]?.rule ?? unknown.rule,
      source: table[country]?.source,
      own: regions[country],
    }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** Those in whose name, code or source the words are. */
export function found(rows: readonly CountryRow[], words: string): CountryRow[] {
  const wanted = words.trim().toLowerCase();
  const said = ({ country, name, source = '' }: CountryRow) => `${country} ${name} ${source}`.toLowerCase();
  return rows.filter((one) => said(one).includes(wanted));
}

/** What is stricter than the law of a country: nothing else can be asked. */
export const stricter = (law: Rule): Rule[] => (law === 'free' ? ['announce', 'never'] : ['never']);
