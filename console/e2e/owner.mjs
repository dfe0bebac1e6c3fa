// The owner of the demo tenant, from the folder of the run: signed in by the API, so that a journey begins where it wants to.
import { readFileSync } from 'node:fs';
import { base } from './browser.mjs';
import { totp } from './people.mjs';

const STATE = process.env.OFFHOOK_STATE ?? new URL('../../.local', import.meta.url).pathname;
const STEP_MS = 30_000;

async function post(path, body) {
  const answer = await fetch(`${base}/v1/tenants/sessions${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.ok ? answer.json() : null;
}

/** Tokens of the owner; a code counts once, so that who comes second waits for the next. */
export async function ownersTokens() {
  const { logins } = JSON.parse(readFileSync(`${STATE}/credentials.json`, 'utf8'));
  const { email, password, totp_secret: secret } = logins.find((one) => one.role === 'owner');
  for (let turn = 0; turn < 6; turn += 1) {
    const asked = await post('', { email, password });
    if (asked?.access_token) return asked;
    const { challenge, session, user } = asked ?? {};
    const got = asked && (await post('/challenges', { challenge, session, user, answer: totp(secret) }));
    if (got) return got;
    await new Promise((next) => setTimeout(next, STEP_MS - (Date.now() % STEP_MS) + 200));
  }
  throw new Error('The owner could not sign in.');
}

/** The page is theirs from its next screen on. */
export const enter = (page, tokens) =>
  page.addInitScript((value) => {
    if (!sessionStorage.getItem('offhook.tokens')) sessionStorage.setItem('offhook.tokens', value);
  }, JSON.stringify(tokens));

export const enterAsOwner = async (page) => enter(page, await ownersTokens());
