import { render, renderHook, screen } from '@testing-library/react';
import { beforeAll, expect, it } from 'vitest';
import { choose, startLanguages } from '@/i18n';
import { Details, useActions } from './acts';

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
  const said = ['Name: Billing', 'Result is required: Yes', 'Results: a, b', 'Callbacks: …', 'Which: q_billing'];
  expect(lines()).toEqual(said);
  view.unmount();
  await choose('zh-CN');
  render(<Details act={act} who={(id) => id} />);
  expect(lines()[1]).toBe('必填处理结果：是');
  await choose('en-US');
});
