import { expect, it } from 'vitest';
import { Problem } from '@/api/problem';
import { hasNone } from './useDesk';

it('takes the desk away when there is none, never when the server is busy or out of reach', () => {
  const said = [403, 404, 429, 500, 503, 401].map((status) => hasNone(new Problem(status, 'some', '')));
  expect([...said, hasNone(new TypeError('network')), hasNone(null)]).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
});
