import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { add, at, change, copy, nodeOf, put, remove, wires, type FlowDocument } from './document';
import { exitsOf, kinds, meant } from './kinds';
import words from './strings.en';

const FIXTURES = '../tests/fixtures/flows/';
const fixture = (name: string) =>
  (JSON.parse(readFileSync(FIXTURES + name, 'utf8')) as { flow: FlowDocument }).flow;
const complete = fixture('valid-complete.json');

describe('a flow in the editor', () => {
  it('shows every step of every valid flow, with every way out that leads somewhere', () => {
    for (const name of readdirSync(FIXTURES).filter((one) => one.startsWith('valid-'))) {
      const flow = fixture(name);
      for (const [id, node] of Object.entries(flow.nodes)) {
        expect([name, id, Object.keys(kinds)]).toEqual([name, id, expect.arrayContaining([node.type])]);
        const drawn = exitsOf(node)
          .map((exit) => at(node, exit.path))
          .filter(Boolean)
          .sort();
        expect([name, id, drawn]).toEqual([name, id, targets(node, Object.keys(flow.nodes)).sort()]);
      }
    }
  });

  it('connects and disconnects without touching anything else', () => {
    const wired = change(complete, 'menu', ['choices', '4'], 'bye');
    expect(
      wires(wired)
        .filter((one) => one.from === 'menu')
        .map((one) => one.name),
    ).toContain('4');
    expect(change(wired, 'menu', ['choices'], complete.nodes.menu?.choices)).toEqual(complete);
  });

  it('leads nowhere where a removed step was', () => {
    const less = remove(complete, ['billing']);
    expect([less.nodes.billing, at(less, ['nodes', 'menu', 'choices', '1']), less.person]).toEqual([
      undefined,
      '',
      '',
    ]);
    expect(wires(less).some((one) => one.to === 'billing')).toBe(false);
  });

  it('gives what is added and copied an id of its own', () => {
    const { document, id } = add(complete, kinds.menu!);
    expect([id, document.start]).toEqual(['menu_2', 'start']);
    expect(copy(document, 'menu').id).toBe('menu_3');
  });

  it('finds the step that a problem is about', () => {
    expect(['$.nodes.menu.choices.1', 'nodes.greet.text', '$.start'].map(nodeOf)).toEqual([
      'menu',
      'greet',
      null,
    ]);
  });

  it('makes what is missing on the way to a path', () => {
    expect(put({}, ['cases', 0, 'next'], 'a')).toEqual({ cases: [{ next: 'a' }] });
  });
});

/** Every string of the node that names a step, but for what is no way out. */
function targets(node: unknown, ids: readonly string[], key = ''): string[] {
  if (typeof node === 'string')
    return ids.includes(node) &&
      ![
        'type',
        'queue',
        'survey',
        'calendar',
        'flow',
        'attribute',
        'variable',
        'connector',
        'result',
      ].includes(key)
      ? [node]
      : [];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([inside, value]) =>
    [
      'values',
      'prefixes',
      'speech',
      'prompt',
      'text',
      'comfort',
      'before',
      'attributes',
      'languages',
    ].includes(inside)
      ? []
      : targets(value, ids, inside),
  );
}

it('names a case by what it takes, also when that is beginnings only', () => {
  expect([meant({ values: ['gold', 'vip'] }), meant({ prefixes: ['+86'] }), meant({})]).toEqual([
    'gold, vip',
    '+86…',
    '',
  ]);
});

it('has words for every field and way out of every step', () => {
  for (const { fields, seldom = [], exits } of Object.values(kinds)) {
    expect(Object.keys(words.fields)).toEqual(
      expect.arrayContaining([...fields, ...seldom].map(({ name }) => name)),
    );
    expect(Object.keys(words.exits)).toEqual(expect.arrayContaining([...exits]));
  }
});
