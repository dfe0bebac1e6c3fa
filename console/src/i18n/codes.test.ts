import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { read } from '@/app/codes';
import { HIDDEN, isCode } from '@/features/contacts/facts';
import permissions from '@/app/permissions.en';
import acts from '@/features/business/acts.en';
import desk from '@/features/desk/strings.en';
import flows from '@/features/flows/strings.en';
import en from './codes.en';
import zh from './codes.zh-CN';
import refusals from './refusals.en';
import refusalsZh from './refusals.zh-CN';

interface Told {
  readonly events: Readonly<Record<string, readonly string[]>>;
  readonly codes: Readonly<Record<string, readonly string[]>>;
  readonly reasons: Readonly<Record<string, string>>;
  readonly waits: Readonly<Record<string, string>>;
  readonly faults: Readonly<Record<string, readonly string[]>>;
  readonly problems: readonly string[];
  /** What the audit trail can tell. */
  readonly audit: { readonly actions: readonly string[]; readonly names: readonly string[] };
  readonly permissions: readonly string[];
  /** The fields of each kind of step in a flow. */
  readonly steps: Readonly<Record<string, readonly string[]>>;
}
const told = JSON.parse(readFileSync('../api/codes.json', 'utf8')) as Told;
const ACCOUNT = /^(number|tenant|spending|plan|person)_/; // facts about the account are in no contact's story
const withBraces = (text: string) => text.replace(/\{(\w+)\}/g, '{{$1}}');
const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((one) => one[1] ?? '');
const without = (names: readonly string[], words: object) => names.filter((one) => !(one in words));

describe.each([
  ['en-US', en],
  ['zh-CN', zh],
])('what the API says in codes, in %s', (_, words) => {
  it('has a name for every event', () => {
    expect(without(Object.keys(told.events), words.events)).toEqual([]);
  });

  it('has a name for every field that is shown', () => {
    const fields = Object.entries(told.events).flatMap(([type, own]) => (ACCOUNT.test(type) ? [] : own));
    const shown = fields.filter((one) => !HIDDEN.has(one));
    expect(without(shown, words.fields)).toEqual([]);
  });

  it('has words for every code', () => {
    for (const [field, codes] of Object.entries(told.codes))
      expect([field, without(codes, field.endsWith('_state') ? desk.states : words.codes)]).toEqual([
        field,
        [],
      ]);
  });

  it('has words for every phrase', () => {
    expect(without(Object.keys(told.reasons), words.reasons)).toEqual([]);
    expect(without(Object.keys(told.waits), words.waits)).toEqual([]);
  });
});

describe.each([
  ['en-US', refusals],
  ['zh-CN', refusalsZh],
])('what the API refuses, in %s', (_, words) => {
  it('has words for every problem', () => {
    expect(without(told.problems, words.problems)).toEqual([]);
  });

  it('has words for every rule, with no value that it does not tell', () => {
    expect(without(Object.keys(told.faults), words.faults)).toEqual([]);
    for (const [rule, text] of Object.entries(words.faults))
      expect([rule, values(text).filter((one) => !told.faults[rule]?.includes(one))]).toEqual([rule, []]);
  });
});

it('has words for every action of the audit trail, and names for what was said with it', () => {
  expect(without(told.audit.actions, acts.actions)).toEqual([]);
  expect(without(told.audit.names, acts.names)).toEqual([]);
});

it('says what every permission allows', () => {
  const said = Object.entries(permissions).flatMap(([about, inside]) =>
    typeof inside === 'string' ? [about] : Object.keys(inside).map((one) => `${about}.${one}`),
  );
  expect(said.toSorted()).toEqual(told.permissions.toSorted());
});

it('has a label for every field and way out of a step', () => {
  const named = { ...flows.fields, ...flows.exits, exits: '' };
  expect(without(Object.keys(told.steps), flows.kinds)).toEqual([]);
  expect(without(Object.values(told.steps).flat(), named)).toEqual([]);
});

describe('phrases', () => {
  it('are recognised by the words that the server says', () => {
    for (const [name, phrase] of Object.entries({ ...told.reasons, ...told.waits }))
      expect({ ...en.reasons, ...en.waits }[name as 'idle']).toBe(withBraces(phrase));
  });

  it('are read with their values', () => {
    expect(
      read(en.waits, 'Nobody who can take it is free (3: 2 busy, 1 wrap_up); ahead in Billing: 4.'),
    ).toEqual({
      name: 'taken',
      values: { count: '3', states: '2 busy, 1 wrap_up', ahead: '4', queue: 'Billing' },
    });
    expect(read(en.waits, 'Something else.')).toBeNull();
  });
});

it('knows which fields of events hold codes', () => {
  const fields = new Set(Object.values(told.events).flat());
  expect(Object.keys(told.codes).filter((one) => fields.has(one) && !isCode(one))).toEqual([]);
});
