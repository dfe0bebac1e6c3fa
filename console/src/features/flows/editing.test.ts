import { beforeEach, describe, expect, it } from 'vitest';
import { copySteps, doubleSteps, pasteSteps } from './clipboard';
import { difference } from './diff';
import { inOrder, paste, wordsOf, type FlowDocument } from './document';
import { dragging, dropped, forgetHistory, placed, placesOf, redo, undo, useEditor } from './editor';
import { calls, wireId } from './figures';
import { refusal } from './Recordings';
import { way } from './useSteps';

const flow: FlowDocument = {
  languages: ['en-US'],
  start: 'hello',
  nodes: {
    hello: { type: 'say', text: { 'en-US': 'Hello.' }, next: 'menu' },
    menu: { type: 'menu', prompt: [], choices: { '1': 'bye', '2': 'hello' }, invalid: 'bye', timeout: '' },
    bye: { type: 'hang_up' },
    lost: { type: 'say', text: {}, next: 'bye' },
  },
};
const open = () => {
  useEditor.getState().edit(flow, { hello: { x: 0, y: 0 } });
  forgetHistory();
};

describe('steps that are copied', () => {
  beforeEach(open);

  it('get ids of their own, with the wires between them', () => {
    const { document, ids } = paste(flow, { hello: flow.nodes.hello!, menu: flow.nodes.menu! });
    expect([...ids]).toEqual([
      ['hello', 'say'],
      ['menu', 'menu_2'],
    ]);
    expect(document.nodes.say?.next).toBe('menu_2');
    expect(document.nodes.menu_2?.choices).toEqual({ '1': 'bye', '2': 'say' });
  });

  it('lead nowhere in a flow that has not got where they led', () => {
    expect(paste({ nodes: {} }, { hello: flow.nodes.hello! }).document.nodes.say?.next).toBe('');
  });

  it('are put in as one deed, beside where they stood', () => {
    copySteps(new Set(['hello']));
    expect([...pasteSteps()]).toEqual(['say']);
    expect(useEditor.getState().places.say).toEqual({ x: 40, y: 40 });
    expect([...doubleSteps(new Set(['bye']))]).toEqual(['hang_up']);
    undo();
    undo();
    expect(useEditor.getState().document).toBe(flow);
  });
});

describe('undo', () => {
  beforeEach(open);

  it('takes a whole drag back at once, and does it again', () => {
    dragging();
    for (const x of [10, 20, 30]) useEditor.getState().place({ hello: { x, y: 0 } });
    dropped();
    undo();
    expect(useEditor.getState().places.hello?.x).toBe(0);
    redo();
    expect(useEditor.getState().places.hello?.x).toBe(30);
  });

  it('keeps places in the document that is stored', () => {
    const stored = placed(flow, { hello: { x: 1.6, y: 2 } });
    expect(placesOf(stored)).toEqual({ hello: { x: 2, y: 2 } });
  });
});

describe('two versions', () => {
  it('differ by steps and their fields, not by where steps are drawn', () => {
    const moved = placed(flow, { hello: { x: 9, y: 9 } });
    expect(difference(flow, moved)).toEqual([]);
    const { lost: _lost, ...nodes } = flow.nodes;
    const after = {
      ...flow,
      start: 'menu',
      nodes: {
        ...nodes,
        hello: { ...flow.nodes.hello!, text: { 'en-US': 'Hi.' } },
        new: { type: 'hang_up' },
      },
    };
    expect(difference(flow, after).map((one) => [one.id, one.kind])).toEqual([
      [null, 'changed'],
      ['hello', 'changed'],
      ['lost', 'removed'],
      ['new', 'added'],
    ]);
    expect(difference(flow, after)[1]?.fields).toEqual([
      { path: 'text.en-US', before: 'Hello.', after: 'Hi.' },
    ]);
  });
});

describe('the figures on the wires', () => {
  it('are keys and words of choices, misses, and moves where one wire leads', () => {
    const none = { keys: {}, spoken: {}, missed: {}, exits: {} };
    const nodes = [
      { ...none, node: 'hello', entered: 9, left: 2, exits: { menu: 7 } },
      {
        ...none,
        node: 'menu',
        entered: 7,
        left: 0,
        keys: { '1': 3 },
        spoken: { '1': 1 },
        missed: { invalid: 2 },
      },
    ];
    const counted = calls(flow, { flow_id: 'f', number: 1, calls: 9, nodes });
    const of = (from: string, ...path: string[]) => counted.get(wireId({ from, path }));
    expect([
      of('hello', 'next'),
      of('menu', 'choices', '1'),
      of('menu', 'choices', '2'),
      of('menu', 'invalid'),
    ]).toEqual([7, 4, 0, 2]);
  });
});

const reached = (node_id: string, contact_id = 'c_1') => ({
  type: 'flow_node_reached',
  event_id: node_id,
  node_id,
  contact_id,
  at: 1,
});

describe('the way of a test call', () => {
  it('is the latest call, with where it is now', () => {
    const lit = way([reached('hello', 'c_0'), reached('hello'), reached('menu')]);
    expect([[...lit.steps], [...lit.ways], lit.here]).toEqual([['hello', 'menu'], ['hello\tmenu'], 'menu']);
  });

  it('is nowhere once the call is over', () => {
    const ended = { type: 'contact_ended', event_id: 'e', contact_id: 'c_1', at: 2 };
    expect(way([reached('hello'), ended]).here).toBeNull();
  });
});

it('lists steps as calls meet them, those that none meets last', () => {
  expect(inOrder(flow)).toEqual(['hello', 'menu', 'bye', 'lost']);
  expect(wordsOf(flow.nodes.hello!)).toBe('Hello.');
});

it('refuses files before they are sent', () => {
  expect(refusal({ name: 'a.WAV', size: 10 })).toBeNull();
  expect(refusal({ name: 'a.m4a', size: 10 })).toBe('wrongType');
  expect(refusal({ name: 'a.mp3', size: 4 * 1024 * 1024 })).toBe('tooLarge');
});
