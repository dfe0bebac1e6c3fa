import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { callForAttention } from './attention';

const shown: { words: string; body?: string; onclick: (() => void) | null; close(): void }[] = [];
class Notice {
  static permission = 'granted';
  onclick: (() => void) | null = null;
  readonly body: string | undefined;
  constructor(
    readonly words: string,
    options: { body?: string },
  ) {
    this.body = options.body;
    shown.push(this);
  }
  close = vi.fn();
}

beforeEach(() => {
  shown.length = 0;
  vi.stubGlobal('Notification', Notice);
  document.title = 'Desk';
});
afterEach(() => vi.unstubAllGlobals());

it('tells an agent who looks elsewhere, also beside a page that is still in sight, and answers at the click', () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  const answer = vi.fn();
  const stop = callForAttention('Rings: Ann', false, { words: 'Click to answer', act: answer });
  expect([document.title, shown.map(({ words, body }) => [words, body])]).toEqual([
    '● Rings: Ann',
    [['Rings: Ann', 'Click to answer']],
  ]);
  shown[0]?.onclick?.();
  expect(answer).toHaveBeenCalledOnce();
  stop();
  expect(document.title).toBe('Desk');
});

it('disturbs nobody who looks at the page', () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  callForAttention('Rings: Ann', false, null)();
  expect(shown).toEqual([]);
});
