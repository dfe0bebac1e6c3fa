// The pages of strangers and every screen of the menu once in a language: it loads, breaks no accessibility rule and says nothing to the browser's console.
import { base, demo, open, signIn, violations } from './browser.mjs';

const [language = 'en-US', size = '1440x900'] = process.argv.slice(2);
const [width, height] = size.split('x').map(Number);
const shots = process.env.SHOTS;
const STRANGERS = ['/login', '/sign-up', '/verify', '/invitation', '/reset'];

const { browser, page, said } = await open({ language, width, height });
const wrong = [];
try {
  for (const path of STRANGERS) await visit(path, `${base}${path}`);
  const who = await demo();
  await signIn(page, who);
  await page.locator('nav a').first().waitFor();
  const links = await page.locator('nav a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  for (const screen of links) await visit(screen, `${base}${screen}`);
  await page.goto(`${base}/flows`);
  await page.locator('tbody a').first().click();
  await page.locator('.step').first().waitFor();
  await visit('/flows/one');
  await page.goto(`${base}/contacts`);
  const contact = page.locator('tbody a').first();
  if (await contact.count()) {
    await contact.click();
    await visit('/contacts/one');
  }
} finally {
  await browser.close();
}
for (const line of [...wrong, ...said]) console.log(line);
console.log(`look ${language} ${size}: ${wrong.length + said.length} wrong`);
process.exitCode = wrong.length + said.length ? 1 : 0;

async function visit(name, url) {
  if (url) await page.goto(url);
  await page
    .locator('main h1')
    .first()
    .waitFor({ timeout: 30_000 })
    .catch(() => wrong.push(`${name}: no title`));
  await page.waitForLoadState('networkidle').catch(() => {});
  for (const one of await violations(page)) wrong.push(`${name}: ${one}`);
  if (shots) await page.screenshot({ path: `${shots}/${language}${name.replaceAll('/', '-')}.png` });
}
