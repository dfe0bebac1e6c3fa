// The kinds of steps: what each begins with, its fields, its ways out. The server's validator has the last word.
import type { ThingsPath } from '@/lib/things';
import type { FlowNode, Path } from './document';

export interface ExitOf {
  readonly path: Path;
  readonly name: string;
}

export type Field =
  | {
      readonly kind:
        | 'words'
        | 'audio'
        | 'prompts'
        | 'text'
        | 'keys'
        | 'languages'
        | 'values'
        | 'texts'
        | 'tiers'
        | 'skills'
        | 'speech'
        | 'flow'
        | 'results';
      readonly name: string;
    }
  /** usual: what holds while the document says nothing. */
  | { readonly kind: 'flag'; readonly name: string; readonly usual?: boolean }
  | {
      readonly kind: 'number';
      readonly name: string;
      readonly usual: number;
      readonly min: number;
      readonly max: number;
      readonly step?: number;
    }
  | { readonly kind: 'pick'; readonly name: string; readonly from: ThingsPath };

export interface Kind {
  readonly type: string;
  readonly group: 'speak' | 'ask' | 'decide' | 'connect' | 'end';
  readonly fresh: Readonly<Record<string, unknown>>;
  readonly fields: readonly Field[];
  /** Fields that are folded away until they are looked for. */
  readonly seldom?: readonly Field[];
  /** The names of the fields that lead on. */
  readonly exits: readonly string[];
  /** Ways out that depend on the node. */
  readonly more?: (node: FlowNode) => readonly ExitOf[];
}

const of = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const keyed = (field: string) => (node: FlowNode) =>
  Object.keys(of(node[field])).map((key) => ({ path: [field, key], name: key }));
const QUEUE_EXITS = [
  'connected',
  'overflow',
  'failed',
  'nobody_signed_in',
  'max_wait',
  'max_length',
  'closed',
  'queue_full',
  'key_pressed',
  'callback',
  'voicemail',
];
const fixed = (field: string, names: readonly string[]) => () =>
  names.map((name) => ({ path: [field, name], name }));
export interface Case {
  readonly next: string;
  readonly values?: readonly string[];
  readonly prefixes?: readonly string[];
}
/** What a case takes, in one line: values, and beginnings with an ellipsis. */
export const meant = ({ values = [], prefixes = [] }: Partial<Case>): string =>
  [...values, ...prefixes.map((one) => `${one}…`)].join(', ');
const cases = (node: FlowNode) =>
  (Array.isArray(node.cases) ? node.cases : []).map((one: unknown, index) => ({
    path: ['cases', index, 'next'],
    name: meant(of(one)) || `${index + 1}`,
  }));

const words: Field = { kind: 'words', name: 'text' };
const prompt: Field = { kind: 'prompts', name: 'prompt' };

const ALL: readonly Kind[] = [
  { type: 'say', group: 'speak', fresh: { text: {}, next: '' }, fields: [words], exits: ['next'] },
  {
    type: 'play',
    group: 'speak',
    fresh: { audio: {}, next: '' },
    fields: [{ kind: 'audio', name: 'audio' }],
    exits: ['next'],
  },
  { type: 'recording_notice', group: 'speak', fresh: { next: '' }, fields: [words], exits: ['next'] },
  {
    type: 'incident_notice',
    group: 'speak',
    fresh: { queue: '', next: '' },
    fields: [{ kind: 'pick', name: 'queue', from: '/v1/routing/queues' }],
    exits: ['next'],
  },
  {
    type: 'menu',
    group: 'ask',
    fresh: { prompt: [], choices: {}, invalid: '', timeout: '' },
    fields: [
      prompt,
      { kind: 'keys', name: 'choices' },
      { kind: 'number', name: 'timeout_s', usual: 5, min: 1, max: 60 },
      { kind: 'number', name: 'max_tries', usual: 3, min: 1, max: 10 },
    ],
    seldom: [
      { kind: 'prompts', name: 'invalid_prompts' },
      { kind: 'prompts', name: 'timeout_prompts' },
      { kind: 'speech', name: 'speech' },
      { kind: 'number', name: 'min_confidence', usual: 0.5, min: 0, max: 1, step: 0.05 },
    ],
    exits: ['invalid', 'timeout'],
    more: keyed('choices'),
  },
  {
    type: 'collect',
    group: 'ask',
    fresh: { prompt: [], attribute: '', next: '', invalid: '', timeout: '' },
    fields: [
      prompt,
      { kind: 'text', name: 'attribute' },
      { kind: 'number', name: 'min_digits', usual: 1, min: 1, max: 32 },
      { kind: 'number', name: 'max_digits', usual: 20, min: 1, max: 32 },
      { kind: 'flag', name: 'secret' },
    ],
    seldom: [
      { kind: 'prompts', name: 'invalid_prompts' },
      { kind: 'number', name: 'timeout_s', usual: 8, min: 1, max: 60 },
      { kind: 'number', name: 'max_tries', usual: 3, min: 1, max: 10 },
    ],
    exits: ['next', 'invalid', 'timeout'],
  },
  {
    type: 'survey',
    group: 'ask',
    fresh: { survey: '', next: '' },
    fields: [{ kind: 'pick', name: 'survey', from: '/v1/surveys' }],
    exits: ['next'],
  },
  {
    type: 'hours',
    group: 'decide',
    fresh: { calendar: '', open: '', closed: '', holiday: '' },
    fields: [{ kind: 'pick', name: 'calendar', from: '/v1/ivr/calendars' }],
    exits: ['open', 'closed', 'holiday'],
  },
  {
    type: 'branch',
    group: 'decide',
    fresh: { variable: 'tier', cases: [], otherwise: '' },
    fields: [
      { kind: 'text', name: 'variable' },
      { kind: 'values', name: 'cases' },
    ],
    exits: ['otherwise'],
    more: cases,
  },
  {
    type: 'screen',
    group: 'decide',
    fresh: { next: '', refused: '', block_anonymous: false, nuisance_calls: 0 },
    fields: [
      { kind: 'flag', name: 'block_anonymous' },
      { kind: 'number', name: 'nuisance_calls', usual: 0, min: 0, max: 20 },
      { kind: 'number', name: 'nuisance_minutes', usual: 10, min: 1, max: 1440 },
    ],
    seldom: [{ kind: 'number', name: 'short_s', usual: 10, min: 1, max: 60 }],
    exits: ['next', 'refused'],
  },
  {
    type: 'set',
    group: 'decide',
    fresh: { attributes: {}, language: '', next: '' },
    fields: [
      { kind: 'languages', name: 'language' },
      { kind: 'texts', name: 'attributes' },
    ],
    exits: ['next'],
  },
  {
    type: 'data_dip',
    group: 'decide',
    fresh: { connector: '', found: '', not_found: '', failed: '' },
    fields: [{ kind: 'pick', name: 'connector', from: '/v1/integrations/connectors' }],
    exits: ['found', 'not_found', 'failed'],
  },
  {
    type: 'queue',
    group: 'connect',
    fresh: { queue: '', exits: { connected: '', overflow: '' } },
    fields: [
      { kind: 'pick', name: 'queue', from: '/v1/routing/queues' },
      { kind: 'prompts', name: 'comfort' },
      { kind: 'number', name: 'priority', usual: 0, min: 0, max: 900 },
      { kind: 'flag', name: 'say_position', usual: true },
      { kind: 'flag', name: 'say_wait', usual: true },
      { kind: 'text', name: 'leave_key' },
      { kind: 'text', name: 'callback_key' },
      { kind: 'text', name: 'voicemail_key' },
    ],
    seldom: [
      { kind: 'text', name: 'callback_other_key' },
      { kind: 'prompts', name: 'before' },
      { kind: 'skills', name: 'requirements' },
      { kind: 'tiers', name: 'priority_by_tier' },
    ],
    exits: [],
    more: fixed('exits', QUEUE_EXITS),
  },
  {
    type: 'transfer',
    group: 'connect',
    fresh: { number: '', answered: '', busy: '', no_answer: '', failed: '' },
    fields: [
      { kind: 'text', name: 'number' },
      { kind: 'number', name: 'timeout_s', usual: 30, min: 5, max: 600 },
    ],
    seldom: [{ kind: 'prompts', name: 'before' }],
    exits: ['answered', 'busy', 'no_answer', 'failed'],
  },
  {
    type: 'voicemail',
    group: 'connect',
    fresh: { queue: '', next: '', nothing: '' },
    fields: [
      { kind: 'pick', name: 'queue', from: '/v1/routing/queues' },
      { kind: 'prompts', name: 'greeting' },
      { kind: 'number', name: 'max_s', usual: 120, min: 1, max: 600 },
    ],
    seldom: [
      { kind: 'number', name: 'silence_s', usual: 5, min: 1, max: 60 },
      { kind: 'number', name: 'min_s', usual: 2, min: 0, max: 600 },
    ],
    exits: ['next', 'nothing'],
  },
  {
    type: 'callback',
    group: 'connect',
    fresh: { queue: '', asked: '', refused: '' },
    fields: [
      { kind: 'pick', name: 'queue', from: '/v1/routing/queues' },
      { kind: 'text', name: 'number' },
      { kind: 'text', name: 'at' },
    ],
    seldom: [{ kind: 'number', name: 'days', usual: 0, min: 0, max: 30 }],
    exits: ['asked', 'refused'],
  },
  {
    type: 'sub_flow',
    group: 'connect',
    fresh: { flow: '', next: '' },
    fields: [
      { kind: 'flow', name: 'flow' },
      { kind: 'results', name: 'exits' },
    ],
    exits: ['next'],
    more: keyed('exits'),
  },
  {
    type: 'return',
    group: 'end',
    fresh: { result: '' },
    fields: [{ kind: 'text', name: 'result' }],
    exits: [],
  },
  { type: 'hang_up', group: 'end', fresh: {}, fields: [prompt], exits: [] },
];

export const kinds: Readonly<Record<string, Kind>> = Object.fromEntries(ALL.map((kind) => [kind.type, kind]));
export const groups = ['speak', 'ask', 'decide', 'connect', 'end'] as const;
export const inGroup = (group: Kind['group']): readonly Kind[] => ALL.filter((kind) => kind.group === group);

/** Every way out of a node, the fixed ones first. A kind that is not known here shows what looks like one. */
export function exitsOf(node: FlowNode): readonly ExitOf[] {
  const kind = kinds[node.type];
  if (!kind) return typeof node.next === 'string' ? [{ path: ['next'], name: 'next' }] : [];
  return [...kind.exits.map((name) => ({ path: [name], name })), ...(kind.more?.(node) ?? [])];
}
