// A browser that can leave this machine nowhere, and what every journey checks: no console message, no axe violation.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];
/** For a page that is to talk: a microphone that needs no hand, and media that stay on this machine. */
export const MEDIA_FLAGS = [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
const PATIENCE_MS = Number(process.env.PATIENCE_MS ?? 60_000); // more on a machine that is busy

export const base = process.env.OFFHOOK_URL ?? 'http://127.0.0.1:8080';

const LANGUAGE = process.env.OFFHOOK_LANGUAGE ?? 'en-US';
/** A word of the console as a pattern of it in the language of the journey. */
export const word =
  LANGUAGE === 'en-US' ? (english) => english : await (await import('./words.mjs')).speak(LANGUAGE);

export async function open({ language = LANGUAGE, width = 1440, height = 900, flags = [] } = {}) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...FLAGS, ...flags],
  });
  const said = [];
  const context = await contextOf(browser, { language, width, height });
  const another = () => watched(context, said);
  /** A page in a browser profile of its own, as on another machine. */
  const elsewhere = async () => watched(await contextOf(browser, { language, width, height }), said);
  return { browser, page: await another(), another, elsewhere, said };
}

async function contextOf(browser, { language, width, height }) {
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: 'reduce',
    locale: language,
    bypassCSP: false,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addInitScript((chosen) => {
    if (!location.protocol.startsWith('http')) return; // frames of mails have no storage
    localStorage.setItem('offhook.language', localStorage.getItem('offhook.language') ?? chosen);
  }, language);
  return context;
}

async function watched(context, said) {
  const page = await context.newPage();
  page.on(
    'console',
    (message) =>
      ['error', 'warning'].includes(message.type()) &&
      !/status of 40[14]/.test(message.text()) &&
      said.push(`${message.type()}: ${message.text()}`),
  );
  page.on('pageerror', (error) => said.push(`error: ${error.message}`));
  return page;
}

/** Violations of the accessibility rules on the page as it stands; within: a part of it, where the rest was looked at before. */
export async function violations(page, within = 'html') {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE + ';0');
  const found = await page.evaluate(
    ([part, tags]) => globalThis.axe.run(part, { runOnly: tags, resultTypes: ['violations'] }),
    [within, TAGS],
  );
  return found.violations.map(
    (one) =>
      `${one.id}: ${one.nodes
        .map((node) => node.target.join(' '))
        .slice(0, 3)
        .join(' | ')}`,
  );
}

export async function demo() {
  return (await fetch(`${base}/_local/demo`)).json();
}

export async function signIn(page, { email, password, totp }) {
  await page.goto(`${base}/login`);
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.locator('button[type=submit]').click();
  if (totp) {
    await page.locator('input[autocomplete=one-time-code]').fill(totp());
    await page.locator('button[type=submit]').click();
  }
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}
