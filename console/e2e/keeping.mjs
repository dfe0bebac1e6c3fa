// What is kept and what goes: evidence of a contact, a legal hold, a recording deleted with its proof, a customer erased,
// and a person of two companies who goes from one to the other. Wants a system with a recorded call.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { base, open, signIn, violations } from './browser.mjs';
import { as } from './centre.mjs';
import { enter, ownersTokens } from './owner.mjs';
import { here, mailed, PASSWORD, stranger, totp, until } from './people.mjs';

const shots = process.env.SHOTS;
const { browser, page, elsewhere, said } = await open();
const shot = (name, of = page) => (shots ? of.screenshot({ path: `${shots}/keeping-${name}.png` }) : null);
const clean = async (where, of = page) => assert.deepEqual(await violations(of), [], where);
const button = (text, of = page) => of.getByRole('button', { name: new RegExp(`(^| )${text}$`) });
const sure = () => page.locator('.ant-popconfirm .ant-btn-dangerous');

const tokens = await ownersTokens();
try {
  await enter(page, tokens);
  await opened();
  await evidence();
  await held();
  await deleted();
  await erased();
  await ofTwo();
  assert.deepEqual(said, [], 'what the console of the browser said');
  console.log('keeping: evidence, hold, deletion with proof, erasure, two companies');
} catch (error) {
  for (const [n, one] of page
    .context()
    .browser()
    .contexts()
    .flatMap((c) => c.pages())
    .entries())
    await shot(`last-${n}`, one)?.catch(() => {});
  throw error;
} finally {
  await browser.close();
}

async function opened() {
  await page.goto(`${base}/recordings`);
  await page.locator('tbody a').first().click();
  await button('Make the evidence file').waitFor();
}

/** The file is what its checksum says. */
async function evidence() {
  await button('Make the evidence file').click();
  const link = page.getByRole('link', { name: 'Download' });
  await link.waitFor();
  await clean('a contact with its evidence');
  await shot('evidence');
  const answer = await fetch(await link.getAttribute('href'));
  const sum = createHash('sha256')
    .update(Buffer.from(await answer.arrayBuffer()))
    .digest('hex');
  await page.getByText(sum).waitFor();
}

async function held() {
  await button('Put on legal hold').click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('Case 17');
  await clean('the form of a hold');
  await page.locator('.ant-drawer-footer, .ant-modal-footer').locator('.ant-btn-primary').last().click();
  await page.getByText('On legal hold: Case 17').waitFor();
  await shot('held');
  assert.equal(await button('Delete').count(), 0, 'what is held is not deleted');
  await button('Lift the hold').click();
  await page.locator('.ant-popconfirm .ant-btn-primary').click();
  await page.getByText('On legal hold: Case 17').waitFor({ state: 'hidden' });
}

async function deleted() {
  await button('Delete').first().click();
  await sure().click();
  await button('Proof of deletion').first().click();
  await page.getByText('Deleted by hand').waitFor();
  await clean('the proof of a deletion');
  await shot('proof');
  await page.keyboard.press('Escape');
}

/** Out of the list at once; the certificate follows when nothing of them is found any more. */
async function erased() {
  const name = `Journey ${Date.now().toString(36)}`;
  await page.goto(`${base}/customers`);
  await button('Add a customer').click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await button('Save').click();
  await button('Erase').click();
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const go = page.locator('.ant-modal-footer .ant-btn-dangerous');
  assert.equal(await go.isDisabled(), true, 'nobody erases who has not said that they know');
  await page.getByText('I know that this cannot be undone.').click();
  await clean('the question before an erasure');
  await shot('erase');
  await go.click();
  await page.getByText('The erasure has begun.').waitFor();
  await page.waitForURL((url) => url.pathname === '/customers');
  await page.getByRole('searchbox').fill(name);
  await page.keyboard.press('Enter');
  await page.getByText(`“${name}”, and nobody has this number`).waitFor();
  const certificate = page.locator('tbody tr', { hasText: 'A customer was erased' }).filter({ hasText: id });
  const certified = async () => {
    await page.goto(`${base}/audit`);
    await page.locator('tbody tr').nth(1).waitFor();
    return certificate.count();
  };
  await until(certified, 'the certificate of an erasure');
  await shot('erased');
}

/** An owner of another company who is invited here works for both, one at a time. */
async function ofTwo() {
  const email = stranger();
  const own = await elsewhere();
  await own.goto(`${base}/sign-up`);
  await own.getByLabel('Company').fill('Corner shop');
  await own.getByLabel('Work e-mail').fill(email);
  await button('Create account', own).click();
  await own.getByText(email).waitFor();
  await own.goto(here(await mailed(email, /(https?:\S+\/verify#\S+)/)));
  await own.getByLabel('Your name').fill('Ada');
  await own.locator('input[type=password]').fill(PASSWORD);
  await button('Set everything up', own).click();
  await own.waitForURL(/second-factor/);
  const secret = (await own.locator('.secret').innerText()).trim();
  await own.locator('input[autocomplete=one-time-code]').fill(totp(secret));
  await own.locator('button[type=submit]').click();
  await own.waitForURL((url) => url.pathname === '/welcome');
  await as(tokens)('POST', '/v1/tenants/invitations', { email, role: 'agent' });
  await own.goto('about:blank');
  await own.goto(here(await mailed(email, /(https?:\S+\/invitation#\S+)/)));
  await own.locator('input[type=password]').fill(PASSWORD);
  await own.locator('button[type=submit]').click();
  await own.waitForURL((url) => url.pathname === '/login');
  await own.waitForFunction((at) => Date.now() >= at, (Math.floor(Date.now() / 30_000) + 1) * 30_000); // a code counts once
  await signIn(own, { email, password: PASSWORD, totp: () => totp(secret) });
  await goesTo(own, 'Demo', 'Corner shop');
  await goesTo(own, 'Corner shop', 'Demo');
}

/** By the menu of one's account, to the company where one is not yet; before: where one may be. */
async function goesTo(own, company, before) {
  const header = own.locator('header');
  if (await header.getByText(company, { exact: true }).count()) [company, before] = [before, company];
  await header.getByRole('button', { name: /Owner|Agent/ }).click();
  await own.getByRole('menuitem', { name: company }).waitFor();
  await clean('the menu of an account', own);
  await shot(`before-${company}`.replace(' ', '-'), own);
  await own.getByRole('menuitem', { name: company }).click();
  await header.getByText(company, { exact: true }).waitFor();
  await shot(`in-${company}`.replace(' ', '-'), own);
}
