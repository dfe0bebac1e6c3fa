import { expect, it } from 'vitest';
import { Sleep } from './ticks';

it('takes a long gap between two ticks for sleep, a late tick not', () => {
  const sleep = new Sleep(25_000, 0);
  expect([sleep.look(12_000), sleep.look(30_000), sleep.look(120_000), sleep.look(132_000)]).toEqual([
    0, 0, 90_000, 0,
  ]);
});
