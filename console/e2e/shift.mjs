// An agent's shift in the browser: answered, held, hung up, noted, wrapped up; then declined, missed, caller gone, device lost.
import assert from 'node:assert/strict';
import { base, demo, open, signIn, violations } from './browser.mjs';
import { api, corner } from './centre.mjs';

const shots = process.env.SHOTS;
const CALLS = 8; // practice agents take some of them
const AGENT = 'a_12'; // whom nobody plays
const SERVICE = 'press 2, press 2, press 1, press 8';

const { browser, page, said } = await open();
const rings = () => page.locator('button:not([disabled])', { hasText: 'Answer' }).waitFor();
const told = (what) => page.locator(`[data-ended=${what}]`).waitFor();
const available = () => page.getByRole('button', { name: 'Go available' }).first().click();
const shot = (name) => (shots ? page.screenshot({ path: `${shots}/${name}.png` }) : null);
try {
  const offered = await demo();
  await signIn(page, offered.agent);
  await page.getByRole('button', { name: 'Start shift' }).click();
  await page.getByText('You are available').waitFor();
  assert.deepEqual(await violations(page), [], 'the desk while waiting');
  await shot('desk-waiting');
  await ring(offered);
  assert.deepEqual(await violations(page), [], 'the desk while ringing');
  await shot('desk-ringing');
  await page.keyboard.press('Alt+Shift+KeyA');
  await page.getByRole('button', { name: 'Hold' }).click();
  await page.getByRole('button', { name: 'Take off hold' }).click();
  await page.getByLabel('Notes', { exact: true }).fill('Asked for a second invoice.');
  await page.getByText('Saved', { exact: true }).waitFor();
  assert.deepEqual(await violations(page), [], 'the desk while talking');
  await shot('desk-talking');
  await page.getByRole('button', { name: 'Hang up' }).click();
  await page.getByRole('button', { name: 'Finish wrap-up' }).waitFor();
  await page.reload();
  const notes = page.getByLabel('Notes', { exact: true });
  await notes.waitFor();
  assert.equal(await notes.inputValue(), 'Asked for a second invoice.');
  await shot('desk-wrap-up');
  const outcome = page.getByRole('combobox', { name: 'Outcome' });
  if (await outcome.count()) {
    await outcome.click();
    await page.locator('.ant-select-item-option').first().click();
  }
  await page.getByRole('button', { name: 'Finish wrap-up' }).click();
  await page.getByText('You are available').waitFor();
  await everyOtherEnd(await api(offered));
  assert.deepEqual(said, [], 'what the console of the browser said');
  console.log('shift: answered, held, noted, reloaded, wrapped up; declined, missed, caller gone, device lost');
} finally {
  if (process.exitCode !== 0) await shot('last');
  await browser.close();
}

/** In a queue that only this agent serves: each end of a ring is told in its own words. */
async function everyOtherEnd(lead) {
  const own = await corner(lead, { offer_s: 10, wrap_up_s: 5 });
  try {
    await own.lend(AGENT);
    const asked = await own.callBack();
    await rings();
    await page.getByRole('button', { name: /Ringing/ }).click();
    await page.getByRole('menuitem', { name: 'Break after this call' }).click();
    await page.getByText('→ Away').waitFor();
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

/** Calls until one rings here. */
async function ring({ caller, number }) {
  for (let call = 0; call < CALLS; call += 1) {
    await fetch(`${base}/_carrier/calls`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ from: caller, to: number, script: SERVICE }),
    });
    const rang = await page
      .getByRole('button', { name: 'Answer' })
      .waitFor({ timeout: 30_000 })
      .then(
        () => true,
        () => false,
      );
    if (rang) {
      await page.locator('button:not([disabled])', { hasText: 'Answer' }).waitFor();
      return;
    }
  }
  throw new Error('No call rang here.');
}
