import { render, renderHook, screen } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';
import { choose, startLanguages } from '@/i18n';
import { Details, useActions } from './acts';
import { listOf, sizeOf } from './lists';

const about = {
  entity_id: 'q_billing',
  body: { name: 'Billing', disposition_required: true, dispositions: ['a', 'b'], callbacks: { attempts: 2 } },
};
const act = { at: 0, actor: 'u_1', role: 'owner', action: '', about, address: '', request_id: '' };
const lines = () => screen.getAllByRole('listitem').map((one) => one.textContent);

beforeAll(startLanguages);

it('says actions in words, with or without the slash that the root of an area has', () => {
  const { action } = renderHook(useActions).result.current;
  expect(action('PUT /v1/routing/queues/{entity_id}')).toBe('Changed a queue');
  expect(action('POST /v1/surveys/')).toBe('Made a survey');
  expect(action('something new')).toBe('something new');
});

it('lists what was said by name and value, in both languages', async () => {
  const view = render(<Details act={act} who={(id) => id} />);
  expect(lines()).toEqual([
    'Name: Billing',
    'Result is required: Yes',
    'Results: a, b',
    'Callbacks: attempts: 2',
    'attempts: 2',
    'Which: q_billing',
  ]);
  view.unmount();
  await choose('zh-CN');
  render(<Details act={act} who={(id) => id} />);
  expect(lines()[1]).toBe('必填处理结果：是');
  await choose('en-US');
});

it('folds what has many parts away until it is asked for', () => {
  const nodes = Object.fromEntries(
    [...Array(9).keys()].map((number) => [`step_${number}`, { text: 'Hello' }]),
  );
  render(<Details act={{ ...act, about: { body: { document: { nodes } } } }} who={(id) => id} />);
  expect(lines()).toEqual(['Flow: 9 details']);
});

it('knows which list an id is of, by its field or by the address before it', () => {
  expect(listOf('PUT /v1/routing/profiles/{entity_id}', 'entity_id')).toBe('/v1/routing/profiles');
  expect(listOf('PUT /v1/routing/queues/{entity_id}/closing', 'entity_id')).toBe('/v1/routing/queues');
  expect(listOf('POST /v1/routing/callbacks', 'queue')).toBe('/v1/routing/queues');
  expect(listOf('PUT /v1/ivr/numbers/{number}', 'number')).toBeUndefined();
  expect(listOf('PUT /v1/routing/queues/{entity_id}', 'name')).toBeUndefined();
});

it('counts values at any depth', () => {
  expect([sizeOf(null), sizeOf({}), sizeOf({ a: [1, { b: 2, c: 'x' }], d: true })]).toEqual([1, 0, 4]);
});
