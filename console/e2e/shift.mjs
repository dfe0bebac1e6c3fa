// An agent's shift in the browser: start, ring, answer, hold, hang up, notes that survive a reload, wrap-up.
import assert from 'node:assert/strict';
import { demo, open, signIn, violations } from './browser.mjs';
import { ringHere } from './calls.mjs';

const shots = process.env.SHOTS;

const { browser, page, said } = await open();
const shot = (name) => (shots ? page.screenshot({ path: `${shots}/${name}.png` }) : null);
try {
  const offered = await demo();
  await signIn(page, offered.agent);
  await page.getByRole('button', { name: 'Start shift' }).click();
  await page.getByText('You are available').waitFor();
  assert.deepEqual(await violations(page), [], 'the desk while waiting');
  await shot('desk-waiting');
  await ringHere(page, offered);
  assert.deepEqual(await violations(page), [], 'the desk while ringing');
  await shot('desk-ringing');
  await page.keyboard.press('Alt+Shift+KeyA');
  const hangUp = page.getByRole('button', { name: 'Hang up' });
  await hangUp.waitFor();
  const place = await hangUp.boundingBox();
  const stays = async (when) =>
    assert.deepEqual(await hangUp.boundingBox(), place, `the button moved ${when}`);
  await page.getByRole('button', { name: 'Hold' }).click();
  await page.getByRole('button', { name: 'Take off hold' }).waitFor();
  await stays('on hold');
  await page.getByRole('button', { name: 'Take off hold' }).click();
  await page.getByLabel('Notes', { exact: true }).fill('Asked for a second invoice.');
  await page.getByText('Saved', { exact: true }).waitFor();
  assert.deepEqual(await violations(page), [], 'the desk while talking');
  await shot('desk-talking');
  await page.getByRole('button', { name: 'Ask a supervisor' }).waitFor();
  await page.getByRole('button', { name: 'Pause recording' }).waitFor();
  await stays('when the call was recorded');
  await hangUp.click();
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
  assert.deepEqual(said, [], 'what the console of the browser said');
  console.log('shift: rang, answered, held, noted, reloaded, wrapped up');
} finally {
  if (process.exitCode !== 0) await shot('last');
  await browser.close();
}
