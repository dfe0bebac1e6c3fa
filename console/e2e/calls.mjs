// Callers for a journey: placed at the carrier simulator, until one rings in the page.
import { base } from './browser.mjs';

const TRIES = 12; // practice agents take some of them
const RINGS_WITHIN_MS = 20_000;
/** Through the menu to the service queue; answers the survey's first question. */
export const SERVICE = 'press 2, press 2, press 1, press 8';

export async function place({ caller, number }, script = SERVICE) {
  const answer = await fetch(`${base}/_carrier/calls`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ from: caller, to: number, script }),
  });
  if (!answer.ok) throw new Error(`The call was not placed: ${answer.status} ${await answer.text()}`);
}

/** Calls until the agent of this page may answer one; answer: the name of that button. */
export async function ringHere(page, offered, answer = 'Answer') {
  const button = page.locator('button:not([disabled])', { hasText: answer }).first();
  for (let tried = 0; tried < TRIES; tried += 1) {
    await place(offered);
    const rang = await button.waitFor({ timeout: RINGS_WITHIN_MS }).then(
      () => true,
      () => false,
    );
    if (rang) return;
  }
  throw new Error('No call rang here.');
}
