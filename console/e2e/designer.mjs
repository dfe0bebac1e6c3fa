// A flow from nothing: designed, broken, mended, tried by a test call that lights its way, published twice, rolled back.
import assert from 'node:assert/strict';
import { base, open, violations, word } from './browser.mjs';
import { enterAsOwner } from './owner.mjs';

const shots = process.env.SHOTS;
const name = `Journey ${Date.now() % 100_000}`;
const { browser, page, said } = await open();
const shot = (as) => (shots ? page.screenshot({ path: `${shots}/designer-${as}.png` }) : null);
const clean = async (where) => assert.deepEqual(await violations(page), [], where);
const button = (text) => page.getByRole('button', { name: new RegExp(`(^| )${text}$`) });
const step = (id) => page.locator(`[data-step="${id}"]`);
const leads = async (exit, to) => {
  const led = page.getByRole('combobox', { name: exit, exact: true });
  await led.click();
  await led.fill(to);
  await led.press('Enter');
  await page.locator('.ant-select-dropdown:visible').waitFor({ state: 'hidden' });
};
const saved = () => page.getByText('Not saved').waitFor({ state: 'hidden' });

try {
  await enterAsOwner(page);
  await design();
  await breakIt();
  await mend();
  await tryIt();
  await publishTwiceAndGoBack();
  assert.deepEqual(said, [], 'what the console of the browser said');
  console.log('designer: designed, broken, mended, tried, published, compared, rolled back');
} catch (error) {
  await shot('last')?.catch(() => {});
  throw error;
} finally {
  await browser.close();
}

async function design() {
  await page.goto(`${base}/flows`);
  await button('New flow').click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'OK' }).click();
  await step('bye').waitFor();
  await button('Say').click();
  await page.getByLabel('Words en-US').fill('Welcome to the journey.');
  await page.getByLabel('Words zh-CN').fill('欢迎光临。');
  await button('Menu').click();
  await button('Add words').click();
  await page.getByLabel('Prompt en-US').fill('Press one to leave.');
  await page.getByLabel('Prompt zh-CN').fill('离开请按一。');
  const keys = page.getByRole('combobox', { name: 'Keys', exact: true });
  await keys.fill('1');
  await keys.press('Enter');
  await keys.press('Escape');
  await leads('1', 'bye');
  await leads('Wrong key', 'bye');
  await leads('No key', 'bye');
  await page.locator('.step', { hasText: 'Welcome to' }).click();
  await leads('Next', 'menu');
  await button('Start here').click();
  await button('Tidy up').click();
  await page.locator('main .ant-btn-loading').waitFor({ state: 'detached' });
  await shot('designed');
  await clean('the designer');
}

async function breakIt() {
  await step('menu').click();
  await page.locator('.step.selected[data-step="menu"]').waitFor();
  await page.keyboard.press('Control+KeyC');
  await page.keyboard.press('Control+KeyV');
  await step('menu_2').waitFor();
  await page.keyboard.press('Control+KeyS');
  const fault = page.getByRole('button', { name: new RegExp(`menu_2 ${word('No call ever comes here.')}`) });
  await fault.click();
  await page.locator('.step.selected.faulty[data-step="menu_2"]').waitFor();
  assert.equal(await button('Publish').isDisabled(), true, 'a broken flow is not published');
  await shot('broken');
  await clean('the designer with problems');
}

async function mend() {
  await page.getByRole('tab', { name: 'Outline' }).click();
  await page.getByRole('textbox', { name: 'Search steps' }).fill('menu_2');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: 'Step' }).click();
  await button('Remove').click();
  await step('menu_2').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+KeyZ');
  await step('menu_2').waitFor();
  await page.keyboard.press('Control+Shift+KeyZ');
  await step('menu_2').waitFor({ state: 'detached' });
  await button('Save').click();
  await saved();
  await page.getByText('No problems: it can be published.').waitFor();
}

async function tryIt() {
  await page.getByRole('tab', { name: 'Test call' }).click();
  await button('Save and call').click();
  await page.locator('[data-step="menu"][data-lit="here"]').waitFor();
  await page.locator('[data-step="say"][data-lit="passed"]').waitFor();
  await page.getByText('Welcome to the journey.', { exact: false }).last().waitFor();
  await shot('trying');
  await clean('the designer during a test call');
  await page.getByLabel('The caller').getByRole('button', { name: '1', exact: true }).click();
  await page.locator('[data-step="bye"][data-lit]').waitFor();
  await page.getByText('The call is over').waitFor();
}

async function publishTwiceAndGoBack() {
  await button('Publish').click();
  await page.getByText('Version 1 takes calls').waitFor();
  await page.getByRole('tab', { name: 'Step' }).click();
  await step('say').click();
  await page.getByLabel('Words en-US').fill('Welcome back.');
  await button('Publish').click();
  await page.getByText('Version 2 takes calls').waitFor();
  await page.getByRole('button', { name: 'Versions' }).click();
  await page.getByRole('row', { name: /^1 / }).getByRole('button', { name: 'Compare' }).click();
  await page.getByText('Welcome back.').last().waitFor();
  await shot('compared');
  await clean('the versions');
  await page.getByRole('row', { name: /^1 / }).getByRole('button', { name: 'Go back to it' }).click();
  await page.locator('.ant-popconfirm').getByRole('button', { name: 'Go back to it' }).click();
  await page.getByText('Version 1 takes calls').waitFor();
}
