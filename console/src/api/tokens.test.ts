import { beforeEach, expect, it, vi } from 'vitest';
import { accessToken, useSession } from './tokens';

const MINUTES = 60_000;
const token = (endsInMs: number, tid?: string) =>
  `x.${btoa(JSON.stringify({ exp: (Date.now() + endsInMs) / 1000, tid }))}.x`;
const answers = vi.fn<(asked: { refresh_token: string }) => Response>();
const session = () => useSession.getState();

beforeEach(() => {
  answers.mockReset();
  vi.stubGlobal('fetch', (_: string, init: { body: string }) =>
    Promise.resolve(answers(JSON.parse(init.body) as { refresh_token: string })),
  );
  session().keep({ access_token: token(0), refresh_token: 'day' });
});

it('renews all day with the token of the morning, whether or not it is said again', async () => {
  for (const refresh_token of [undefined, null, 'day', null]) {
    answers.mockReturnValueOnce(Response.json({ access_token: token(0), expires_in: 900, refresh_token }));
    await accessToken();
  }
  expect(answers.mock.calls.map(([asked]) => asked.refresh_token)).toEqual(['day', 'day', 'day', 'day']);
});

it('goes on with a new one when there is one', async () => {
  answers.mockImplementation(() => Response.json({ access_token: token(0), refresh_token: 'next' }));
  await accessToken();
  await accessToken();
  expect(answers.mock.calls.map(([asked]) => asked.refresh_token)).toEqual(['day', 'next']);
});

it('asks once for all who need a token, and not before it is time', async () => {
  answers.mockImplementation(() => Response.json({ access_token: token(15 * MINUTES) }));
  const given = await Promise.all([accessToken(), accessToken(), accessToken()]);
  expect([new Set(given).size, answers.mock.calls.length]).toEqual([1, 1]);
  await accessToken();
  expect(answers).toHaveBeenCalledTimes(1);
});

it.each([
  [400, null],
  [401, null],
  [422, null],
  [429, 'day'],
  [503, 'day'],
])('with a refusal %i the session is over only where no other try could do better', async (status, kept) => {
  answers.mockReturnValue(Response.json({}, { status }));
  await expect(accessToken()).rejects.toThrow();
  expect(session().tokens?.refresh_token ?? null).toBe(kept);
});

it('begins anew when the tokens are of another tenant, chosen in another tab', async () => {
  const reload = vi.fn();
  vi.stubGlobal('location', { reload });
  session().keep({ access_token: token(0, 'a'), refresh_token: 'day' });
  for (const [tid, times] of [
    ['a', 0],
    ['b', 1],
  ] as const) {
    answers.mockReturnValueOnce(Response.json({ access_token: token(0, tid) }));
    await accessToken();
    expect([tid, reload.mock.calls.length]).toEqual([tid, times]);
  }
});
