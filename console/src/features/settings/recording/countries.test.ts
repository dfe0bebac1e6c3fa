import { expect, it } from 'vitest';
import { found, rowsOf, stricter } from './countries';

const NAMES: Record<string, string> = { JP: 'Japan', DE: 'Germany', KE: 'Kenya' };
const rows = rowsOf(
  {
    table: { JP: { rule: 'free', source: 'APPI' }, DE: { rule: 'announce', source: 'StGB s. 201' } },
    regions: { KE: 'never', JP: 'announce' },
    unknown: { rule: 'announce', source: 'not in the table' },
  },
  (country) => NAMES[country] ?? country,
);

it('shows each country once, by name, with the law and the rule of the company', () => {
  expect(rows.map((one) => [one.name, one.law, one.source, one.own])).toEqual([
    ['Germany', 'announce', 'StGB s. 201', undefined],
    ['Japan', 'free', 'APPI', 'announce'],
    ['Kenya', 'announce', undefined, 'never'],
  ]);
});

const names = (words: string) => found(rows, words).map((one) => one.name);

it('finds countries by name, code and act', () => {
  expect([names(' jap'), names('de'), names('201'), names('')]).toEqual([
    ['Japan'],
    ['Germany'],
    ['Germany'],
    ['Germany', 'Japan', 'Kenya'],
  ]);
});

it('offers nothing that would be laxer than the law, or the same', () => {
  expect([stricter('free'), stricter('announce')]).toEqual([['announce', 'never'], ['never']]);
});
