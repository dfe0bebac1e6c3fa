import { expect, it } from 'vitest';
import { screens } from './screens';

it('reaches each screen by a key of its own, and by a path of its own', () => {
  const keys = screens.flatMap((one) => one.key ?? []);
  const paths = screens.map((one) => one.path);
  expect([new Set(keys).size, new Set(paths).size]).toEqual([keys.length, paths.length]);
});
