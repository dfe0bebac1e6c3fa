// The main screens in both languages, as pictures of the docs: `node e2e/pictures.mjs folder [language]`. Wants a system with some traffic.
import { base, demo, open, signIn } from './browser.mjs';
import { ringHere } from './calls.mjs';

const [folder = '../docs/images', only] = process.argv.slice(2);
const MOST_BYTES = 150_000;
const SCREENS = {
  live: '/live',
  contacts: '/contacts',
  reports: '/reports',
  queues: '/queues',
};
const WORDS = {
  'en-US': {
    start: 'Start shift',
    answer: 'Answer',
    hold: 'Hold',
    notes: 'Notes',
    saved: 'Saved',
    note: 'Wants the invoice of May again.',
  },
  'zh-CN': {
    start: '开始上班',
    answer: '接听',
    hold: '保持',
    notes: '小结',
    saved: '已保存',
    note: '客户要求重新寄送五月的发票。',
  },
};
const heavy = [];
for (const language of only ? [only] : Object.keys(WORDS)) {
  await theDesk(language);
  await theRest(language);
}
if (heavy.length) throw new Error(`Pictures of more than ${MOST_BYTES} bytes: ${heavy.join(', ')}`);

async function theDesk(language) {
  const { browser, page } = await open({ language, width: 1280, height: 720 });
  const words = WORDS[language];
  const offered = await demo();
  try {
    await signIn(page, offered.agent);
    await page.getByRole('button', { name: words.start }).click();
    await ringHere(page, offered, words.answer);
    await page.keyboard.press('Alt+Shift+KeyA');
    await page.getByRole('button', { name: words.hold }).waitFor();
    await page.getByLabel(words.notes, { exact: true }).fill(words.note);
    await page.getByText(words.saved, { exact: true }).waitFor();
    await kept(page, `desk.${language}`);
  } finally {
    await browser.close();
  }
}

async function theRest(language) {
  const { browser, page } = await open({ language, width: 1280, height: 720 });
  try {
    await signIn(page, await demo());
    for (const [name, path] of Object.entries(SCREENS)) {
      await page.goto(`${base}${path}`);
      await page.locator('main h1').first().waitFor();
      await kept(page, `${name}.${language}`);
    }
    await page.goto(`${base}/flows`);
    await page.locator('tbody a').first().click();
    await page.locator('.step').first().waitFor();
    await kept(page, `flow.${language}`);
  } finally {
    await browser.close();
  }
}

async function settled(page) {
  await page.waitForLoadState('networkidle');
  await page.locator('.ant-skeleton, .ant-spin-spinning').first().waitFor({ state: 'detached' });
}

async function kept(page, name) {
  await settled(page);
  const picture = await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });
  console.log(`${name}: ${picture.length} bytes`);
  if (picture.length > MOST_BYTES) heavy.push(name);
}
