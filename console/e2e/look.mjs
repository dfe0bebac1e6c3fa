// The pages of strangers and every screen of the owner's menu, in a language and size: each loads, breaks no accessibility rule,
// leaves no scrolling sideways and says nothing to the browser's console. Several are looked at side by side:
// `node e2e/look.mjs [language size]...`
import { base, open, violations } from './browser.mjs';
import { enter, ownersTokens } from './owner.mjs';

const given = process.argv.slice(2);
const words = given.length ? given : ['en-US', '1440x900'];
const shots = process.env.SHOTS;
const STRANGERS = ['/login', '/sign-up', '/verify', '/invitation', '/reset'];
/** A list, and what is there when the first in it has been opened; of some there may be none. */
const INSIDE = {
  '/flows': '.step',
  '/contacts': 'main h1',
  '/customers': 'main h1',
  '/webhooks': 'main h1',
  '/wallboards': 'main h1',
};

const tokens = await ownersTokens();
const pairs = words.flatMap((word, index) => (index % 2 ? [] : [[word, words[index + 1] ?? '1440x900']]));
const wrong = (await Promise.all(pairs.map(look))).flat();
for (const line of wrong) console.log(line);
console.log(`look ${words.join(' ')}: ${wrong.length} wrong`);
process.exitCode = wrong.length ? 1 : 0;

async function look([language, size]) {
  const [width, height] = size.split('x').map(Number);
  const { browser, page, said } = await open({ language, width, height });
  const found = [];
  try {
    for (const path of STRANGERS) {
      await page.goto(`${base}${path}`);
      await visit(path);
    }
    await enter(page, tokens);
    await page.goto(`${base}/live`);
    await page.locator('nav a').first().waitFor();
    const links = await page
      .locator('nav a')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    await visit('/live');
    for (const screen of links) await through(screen, 'main'); // the frame is the same on all of them
  } finally {
    await browser.close();
  }
  return [...found, ...said].map((line) => `${language} ${size} ${line}`);

  /** By the menu, as people go; then into the first of a list. */
  async function through(screen, part) {
    const before = await title();
    await page.locator(`nav a[href="${screen}"]`).evaluate((link) => link.click()); // a narrow menu shows icons only
    await page.waitForURL((url) => url.pathname === screen);
    await other(before);
    await visit(screen, part);
    if (!(screen in INSIDE)) return;
    const first = page.locator('tbody a').first();
    if (!(await first.count())) return void (await page.locator('.nothing').first().waitFor());
    const list = await title();
    await first.click();
    await page.waitForURL((url) => url.pathname.startsWith(`${screen}/`));
    await other(list);
    await page.locator(INSIDE[screen]).first().waitFor();
    await visit(`${screen}/one`, part);
  }

  function title() {
    return page.locator('main h1').first().textContent();
  }

  /** The address changes before what is shown does. */
  function other(before) {
    return page.waitForFunction((was) => document.querySelector('main h1')?.textContent !== was, before);
  }

  async function visit(name, part) {
    await page
      .locator('main h1')
      .first()
      .waitFor()
      .catch(() => found.push(`${name}: no title`));
    await page
      .waitForFunction(() => !document.querySelector('main .ant-skeleton, main .ant-spin-spinning'))
      .catch(() => found.push(`${name}: still loading`));
    for (const one of await violations(page, part)) found.push(`${name}: ${one}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) found.push(`${name}: ${wide} px too wide`);
    if (shots)
      await page.screenshot({ path: `${shots}/${language}-${size}${name.replaceAll('/', '-')}.png` });
  }
}
