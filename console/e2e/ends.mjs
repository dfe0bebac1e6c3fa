// How a ring can end, each told in its own words: declined, missed, caller gone, answered, device lost.
import assert from 'node:assert/strict';
import { base, demo, open, signIn, violations, word } from './browser.mjs';
import { api, corner } from './centre.mjs';

const shots = process.env.SHOTS;
const AGENT = 'a_12'; // whom nobody plays

const { browser, page, said } = await open();
const rings = () => page.locator('button:not([disabled])', { hasText: /^Answer/ }).waitFor();
const told = (what) => page.locator(`[data-ended=${what}]`).waitFor();
const available = () => page.getByRole('button', { name: 'Go available' }).first().click();
const shot = (name) => (shots ? page.screenshot({ path: `${shots}/${name}.png` }) : null);
try {
  const offered = await demo();
  await signIn(page, offered.agent);
  await page.goto(`${base}/desk`);
  await page
    .getByRole('button', { name: /Start shift|Go available/ })
    .first()
    .click();
  await page.getByText('You are available').waitFor();
  await everyEnd(await api(offered));
  assert.deepEqual(said, [], 'what the console of the browser said');
  console.log('ends: declined, missed, caller gone, answered, device lost');
} catch (error) {
  await shot('ends-last');
  throw error;
} finally {
  await browser.close();
}

/** In a queue that only this agent serves: each end of a ring is told in its own words. */
async function everyEnd(lead) {
  const own = await corner(lead, { offer_s: 20, wrap_up_s: 5 });
  try {
    await own.lend(AGENT);
    const asked = await own.callBack();
    await rings();
    await page.getByRole('button', { name: /Ringing/ }).click();
    await page.getByRole('menuitem', { name: 'Break after this call' }).click();
    await page.getByText(new RegExp(`→ ${word('Away')}`)).waitFor();
    await page.keyboard.press('Alt+Shift+KeyD');
    await told('declined');
    assert.deepEqual(await violations(page), [], 'the desk after declining');
    await shot('desk-declined');
    await available();
    await rings();
    await told('missed');
    await shot('desk-missed');
    await available();
    await rings();
    await lead('PUT', `/v1/routing/callbacks/${asked.id}/outcome`, { outcome: 'resolved' });
    await told('callerGone');
    await own.callBack('answer after 1 s, hang up 90 s after connecting');
    await rings();
    await page.keyboard.press('Alt+Shift+KeyA');
    await page.locator('button:not([disabled])', { hasText: 'Hold' }).waitFor();
    await shot('desk-callback');
    await page.reload(); // what a browser that dies looks like to the carrier
    await told('deviceLost');
    await shot('desk-device-lost');
    await available();
    await rings(); // the customer who was lost comes first
    await page.keyboard.press('Alt+Shift+KeyA');
    await page.locator('button:not([disabled])', { hasText: 'Hold' }).waitFor();
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.getByText('You are available').waitFor();
  } finally {
    await own.close();
  }
}
