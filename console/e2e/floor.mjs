// The supervisor's floor in one browser while an agent works in another: what is done here is seen there.
import assert from 'node:assert/strict';
import { base, demo, open, signIn, violations, word } from './browser.mjs';
import { api, corner } from './centre.mjs';

const shots = process.env.SHOTS;
const AGENT = 'a_12'; // whom nobody plays

const { browser, page, elsewhere, said } = await open();
const agentPage = await elsewhere();
const shot = (name, of = page) => (shots ? of.screenshot({ path: `${shots}/floor-${name}.png` }) : null);
const offered = await demo();
const lead = await api(offered);
const own = await corner(lead, { offer_s: 60 });
try {
  await signIn(agentPage, offered.agent);
  await startShift(agentPage);
  await own.lend(AGENT);
  await signIn(page, offered);
  await page.goto(`${base}/live`);
  const row = page.locator('.ant-card', { hasText: 'Agents' }).last().locator('tr', { hasText: 'Lena' });
  await row.getByText('Available').waitFor();

  // A call, seen here as it happens there.
  await own.callBack();
  await agentPage.locator('button:not([disabled])', { hasText: /^Answer/ }).waitFor();
  await agentPage.keyboard.press('Alt+Shift+KeyA');
  await agentPage.getByRole('button', { name: 'Hold' }).and(agentPage.locator(':enabled')).waitFor();
  const talks = Date.now();
  const call = page.locator('tr', { hasText: own.queue.name }).filter({ hasText: 'Take over' });
  await call.waitFor();
  console.log(`floor: the conversation was seen after ${Date.now() - talks} ms`);

  // Help, asked for there.
  await agentPage.getByRole('button', { name: 'Ask a supervisor' }).click();
  await agentPage.getByRole('textbox', { name: 'What is it about?' }).fill('A refund');
  assert.deepEqual(await violations(agentPage), [], 'asking for help');
  await agentPage.getByRole('textbox', { name: 'What is it about?' }).press('Enter');
  const asked = Date.now();
  await call.getByText('A refund').waitFor();
  console.log(`floor: the call for help was seen after ${Date.now() - asked} ms`);
  assert.deepEqual(await violations(page), [], 'the floor');
  await shot('help');

  // Listen, whisper, barge, take over: one's own phone rings into the call.
  await page.goto(`${base}/desk`);
  await startShift(page);
  await page.getByRole('button', { name: 'Available' }).click();
  await page.getByRole('menuitem', { name: 'Meeting' }).click();
  await page.goto(`${base}/live`);
  await call.getByText('Listen', { exact: true }).click();
  await page.getByRole('button', { name: 'Answer' }).and(page.locator(':enabled')).click();
  await call.getByText(new RegExp(`${word('Listen')}[:：]`)).waitFor();
  await agentPage.getByText(/listens/).waitFor();
  await shot('listening', agentPage);
  await call.getByText('Whisper', { exact: true }).click();
  await agentPage.getByText(/whispers to you/).waitFor();
  await call.getByText('Barge', { exact: true }).click();
  await agentPage.getByText(/is in the call/).waitFor();
  await call.getByRole('button', { name: 'Take over' }).click();
  await page.getByRole('button', { name: 'OK' }).click();
  await agentPage.getByRole('button', { name: 'Finish wrap-up' }).waitFor();
  await shot('taken-over');

  // The agent, from here.
  await row.getByText('Wrap-up').waitFor();
  await row.getByRole('button', { name: 'Change Lena' }).click();
  assert.deepEqual(await violations(page), [], 'the menu of an agent');
  await page.getByRole('menuitem', { name: 'End wrap-up' }).click();
  await agentPage.getByText('You are available').waitFor();
  await row.getByText('Available').waitFor();
  await row.getByRole('button', { name: 'Change Lena' }).click();
  await page.getByRole('menuitem', { name: 'Send away' }).click();
  await agentPage.getByText('You are away').waitFor();

  // The call that was taken over ends; who waits, why, and the alarm.
  await page.getByRole('button', { name: 'Alarms' }).click();
  await page.getByLabel('so many wait in a queue').fill('1');
  await page.getByLabel('so many wait in a queue').press('Tab');
  assert.deepEqual(await violations(page), [], 'the alarms');
  await page.keyboard.press('Escape');
  await own.callBack();
  await page.locator('[data-alarms]').waitFor();
  const waits = page.locator('tr', { hasText: own.queue.name }).filter({ hasText: 'Why?' });
  await waits.getByRole('button', { name: 'Why?' }).click();
  await page.getByRole('tooltip').getByText('Nobody who can take it is free').waitFor();
  await shot('alarm');
  await page.keyboard.press('Escape');

  // The queue, closed and opened; the agent, lent elsewhere and back.
  const queue = page.locator('tr', { hasText: own.queue.name }).filter({ hasText: /Close now|Open/ });
  await queue.getByRole('button', { name: 'Close now' }).click();
  await page.getByRole('tooltip').getByRole('button', { name: 'Close now' }).click();
  await queue.getByRole('button', { name: 'Open' }).click();
  await queue.getByRole('button', { name: 'Close now' }).waitFor();
  await row.getByRole('button', { name: 'Change Lena' }).click();
  await page.getByRole('menuitem', { name: 'Have them serve' }).hover();
  await page.getByRole('menuitem', { name: 'Sales and service' }).click();
  await page.getByRole('menuitem', { name: 'Sales and service' }).waitFor({ state: 'hidden' });
  await row.locator('.ant-btn-loading').waitFor({ state: 'detached' });
  await row.getByRole('button', { name: 'Change Lena' }).click();
  await page.getByRole('menuitem', { name: 'Their own queues again' }).click();
  assert.deepEqual(said, [], 'what the console of the browsers said');
  console.log('floor: listened, whispered, barged, took over, moved, closed, alarmed');
} catch (error) {
  await shot('last');
  await shot('last-agent', agentPage);
  throw error;
} finally {
  await own.close();
  for (const who of [agentPage, page]) await stopShift(who).catch(() => {});
  await browser.close();
}

async function startShift(of) {
  await of.goto(`${base}/desk`);
  await of
    .getByRole('button', { name: /Start shift|Go available/ })
    .first()
    .click();
  await of.getByText('You are available').waitFor();
}

async function stopShift(of) {
  await of.evaluate(async () => {
    const { access_token: token } = JSON.parse(sessionStorage.getItem('offhook.tokens'));
    const headers = { Authorization: `Bearer ${token}` };
    await fetch('/v1/routing/agents/me/wrap-up', { method: 'DELETE', headers });
    await fetch('/v1/routing/agents/me/session', { method: 'DELETE', headers });
  });
}
