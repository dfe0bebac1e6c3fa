import { renderHook } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';
import { choose, startLanguages } from '@/i18n';
import { usePlaces } from './places';

const document = {
  nodes: {
    menu_2: { type: 'menu', choices: { 1: 'sales' }, invalid: '', timeout: '' },
    sales: { type: 'queue', exits: {} },
    by_tier: { type: 'branch', cases: [{ values: ['gold'], next: '' }] },
  },
};
const places = () => renderHook(() => usePlaces(document)).result.current;

beforeAll(startLanguages);

it('says a step by its kind and name, and the flow for what is in no step', () => {
  expect(places().step('$.nodes.menu_2.prompt[0].say.en-US')).toBe('Menu menu_2');
  expect(places().step('$.start')).toBe('Flow');
});

it.each([
  ['$.nodes.menu_2', ''],
  ['$.nodes.menu_2.prompt[0].en-US', 'Prompt · 1 · American English'],
  ['$.nodes.menu_2.timeout_s', 'Waits for (s)'],
  ['$.nodes.menu_2.timeout', '→ No key'],
  ['$.nodes.menu_2.choices.1', '→ 1'],
  ['$.nodes.menu_2.choices.77', 'Keys · 77'],
  ['$.nodes.sales.exits.overflow', '→ Any other overflow'],
  ['$.nodes.by_tier.cases[0].next', '→ gold'],
  ['$.nodes.by_tier.cases[0]', 'Cases · 1'],
  ['$.fallback_queue', 'Queue if something fails'],
  ['$.tests[0].steps[1]', 'Tests · 1 · Steps · 2'],
])('says where %s is', (path, words) => {
  expect(places().where(path)).toBe(words);
});

it('says it in Chinese', async () => {
  await choose('zh-CN');
  expect(places().where('$.nodes.menu_2.prompt[0].en-US')).toBe('提示语 · 1 · 美国英语');
  await choose('en-US');
});
