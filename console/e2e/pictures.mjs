// The main screens in both languages, as pictures of the docs: `node e2e/pictures.mjs folder [language]`. Wants a system with some traffic.
import { base, demo, open, signIn } from './browser.mjs';
import { ringHere } from './calls.mjs';

const [folder = '../docs/images', only] = process.argv.slice(2);
const MOST_BYTES = 180_000;
const SCREENS = {
  live: '/live',
  contacts: '/contacts',
  reports: '/reports',
  queues: '/queues',
};
const WORDS = {
  'en-US': { notes: 'Notes', saved: 'Saved', note: 'Wants the invoice of May again.' },
  'zh-CN': { notes: '小结', saved: '已保存', note: '客户要求重新寄送五月的发票。' },
};
const languages = only ? [only] : Object.keys(WORDS);
const heavy = [];
await theDesk();
for (const language of languages) await theRest(language);
if (heavy.length) throw new Error(`Pictures of more than ${MOST_BYTES} bytes: ${heavy.join(', ')}`);

/** One call for all languages: the agent's page is switched while they talk. */
async function theDesk() {
  const { browser, page } = await open({ width: 1280, height: 720 });
  const offered = await demo();
  try {
    await signIn(page, offered.agent);
    await page
      .getByRole('button', { name: /Start shift|Go available/ })
      .first()
      .click();
    await ringHere(page, offered);
    await page.keyboard.press('Alt+Shift+KeyA');
    await page.getByRole('button', { name: 'Hold' }).and(page.locator(':enabled')).waitFor();
    for (const language of languages) {
      await page.getByRole('button', { name: /^(Language|语言)$/ }).click();
      await page.locator(`.ant-dropdown-menu-item [lang^=${language.slice(0, 2)}]`).click();
      const { notes, saved, note } = WORDS[language];
      await page.getByLabel(notes, { exact: true }).fill(note);
      await page.getByText(saved, { exact: true }).waitFor();
      await kept(page, `desk.${language}`);
    }
    await page.getByRole('button', { name: /(^| )(Hang up|挂断)$/ }).click();
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
