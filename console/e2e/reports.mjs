// A report from its filter to the file: a call, the report that counts it, the period before, picture and CSV, its contacts, one of them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { base, demo, open, signIn, violations, word } from './browser.mjs';

const shots = process.env.SHOTS;
const PATIENCE_MS = 120_000;
const { browser, page, said } = await open();
const shot = (as) => (shots ? page.screenshot({ path: `${shots}/reports-${as}.png` }) : null);
const clean = async (where) => assert.deepEqual(await violations(page), [], where);
const choose = async (list, text) => {
  await page.getByRole('combobox', { name: list, exact: true }).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: text }).click();
};
const rows = page.locator('tbody tr.ant-table-row');

try {
  const offered = await demo();
  await signIn(page, offered);
  await call(offered);
  await filter();
  await compare();
  await save();
  await lookInto();
  assert.deepEqual(said, [], 'what the console of the browser said');
  console.log('reports: filtered, compared, saved as picture and CSV, led to a contact');
} catch (error) {
  await shot('last')?.catch(() => {});
  throw error;
} finally {
  await browser.close();
}

async function call({ caller, number }) {
  const placed = await fetch(`${base}/_carrier/calls`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ from: caller, to: number, script: 'press 1, hang up after 8 s' }),
  });
  assert.ok(placed.ok);
}

async function filter() {
  await page.goto(`${base}/reports`);
  await choose('Report', 'Queues');
  await page.waitForURL(/report=queues/);
  const until = Date.now() + PATIENCE_MS;
  while (!(await rows.count())) {
    assert.ok(Date.now() < until, 'the call is in the report');
    await page.reload();
    await page.locator('table').waitFor();
  }
  await page.locator('[data-chart] canvas').waitFor();
  await shot('queues');
  await clean('a report');
  const filtered = page.url();
  await page.goto(`${base}/reports`);
  await page.goto(filtered);
  await rows.first().waitFor();
}

async function compare() {
  await page.getByRole('checkbox', { name: 'Compare with the period before' }).check();
  await page.waitForURL(/compare=true/);
  await page.getByText(/^was /).first().waitFor();
  await shot('compared');
  await clean('a report with the period before');
}

async function save() {
  const csv = await downloaded('Export CSV');
  assert.match(csv.name, /^queues-\d{4}-\d{2}-\d{2}\.csv$/);
  assert.deepEqual([...csv.content.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'a byte order mark');
  const [head, ...lines] = csv.content.toString('utf8').slice(1).trim().split('\r\n');
  assert.match(head, new RegExp(`^${['Queue', 'Offered', 'Answered'].map(word).join(',')}`));
  assert.equal(lines.length, (await rows.count()) + 2, 'what is seen, its total and the one before');
  const picture = await downloaded('Save image');
  assert.equal(picture.content.subarray(1, 4).toString(), 'PNG');
}

async function downloaded(name) {
  const begun = page.waitForEvent('download');
  await page.getByRole('button', { name: new RegExp(name) }).click();
  const file = await begun;
  return { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
}

async function lookInto() {
  await rows.first().getByRole('link', { name: 'Contacts' }).click();
  await page.waitForURL(/\/contacts\?.*queue=/);
  await rows.first().waitFor();
  await shot('contacts');
  await clean('contacts of a row');
  await rows.first().getByRole('link').first().click();
  await page.getByText('What happened').waitFor();
  await page.locator('.ant-timeline-item').first().waitFor();
  await shot('contact');
  await clean('a contact');
}
