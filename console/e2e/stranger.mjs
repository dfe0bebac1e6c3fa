// A stranger signs a business up, sets it up and answers the first call: at most ten submits and choices.
// Setting up the second factor is not counted. Prints each action and how long everything took.
import assert from 'node:assert/strict';
import { base, open, violations } from './browser.mjs';
import { here, mailed, PASSWORD, stranger, totp } from './people.mjs';

const MOST = 10;
const language = process.argv[2] ?? 'en-US';
const zh = language === 'zh-CN';
const say = (english, chinese) => (zh ? chinese : english);
const shots = process.env.SHOTS;
const { browser, page, said } = await open({ language, width: 1280, height: 720 });
const actions = [];
const began = Date.now();
const elapsed = () => ((Date.now() - began) / 1000).toFixed(1);

async function act(what, action) {
  await action();
  actions.push(what);
  console.log(`  ${String(actions.length).padStart(2)}. ${what} (${elapsed()} s)`);
}

async function look(name) {
  assert.deepEqual(await violations(page), [], `accessibility of ${name}`);
  const tall = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  assert.ok(tall <= 0, `${name} is ${tall} px too tall`);
  if (shots) await page.screenshot({ path: `${shots}/stranger-${language}-${name}.png` });
}

const button = (name) => page.getByRole('button', { name });
try {
  const email = stranger();
  await page.goto(`${base}/sign-up`);
  await page.getByLabel(say('Company', '公司名称')).fill(say('Acme Bicycles', '安可自行车'));
  await page.getByLabel(say('Work e-mail', '工作邮箱')).fill(email);
  await look('sign-up');
  await act('submit: the sign-up', () => button(say('Create account', '创建账号')).click());
  await page.getByText(email).waitFor();
  await look('mailed');

  const link = await mailed(email, /(https?:\S+\/verify#\S+)/);
  await act('choice: the link of the mail', () => page.goto(here(link)));
  await page.getByLabel(say('Your name', '您的姓名')).fill(say('Ada Lovelace', '王芳'));
  await page.locator('input[type=password]').fill(PASSWORD);
  await look('verify');
  await act('submit: name and password', () => button(say('Set everything up', '开始设置')).click());
  await page.locator('.stages').waitFor();
  await look('set-up');

  // not counted: the second factor
  await page.waitForURL(/second-factor/);
  const secret = await page.locator('.secret').innerText();
  await look('second-factor');
  await page.getByLabel(say('Code of your authenticator', '身份验证器代码')).fill(totp(secret.trim()));
  await button(say('Go on', '继续')).click();

  await page.waitForURL((url) => url.pathname === '/welcome');
  await page.locator('.checklist').waitFor();
  await page.getByText(say('Around the clock', '全天候')).waitFor();
  await page.waitForLoadState('networkidle');
  await look('welcome');
  await act('choice: open around the clock', () => page.getByText(say('Around the clock', '全天候')).click());
  await act('submit: the hours', () => button(say('Save hours', '保存营业时间')).click());
  await page
    .locator('.check', { hasText: say('Opening hours', '营业时间') })
    .locator('.tick')
    .waitFor();

  await act('choice: the step “test call”', () =>
    page.locator('.check', { hasText: say('Test call', '测试通话') }).click(),
  );
  await act('choice: start the shift', () => button(say('Start shift', '开始上班')).click());
  await page.getByText(say('You are available', '您当前空闲')).waitFor();
  await look('test');
  await act('choice: call the number', () => button(say(/Call \+/, /拨打 \+/)).click());
  await page
    .locator('.heard li', { hasText: say(/press 1/, /请按1/) })
    .first()
    .waitFor();
  await look('menu');
  await act('choice: the caller presses 1', () => page.locator('.keys button', { hasText: /^1$/ }).click());
  const answer = page.locator('.test button:not([disabled])', { hasText: say('Answer', '接听') });
  await answer.waitFor();
  await look('ringing');
  await act('choice: answer', () => answer.click());
  await page
    .locator('.check', { hasText: say('Test call', '测试通话') })
    .locator('.tick')
    .waitFor();
  const took = elapsed();
  await look('answered');

  // beyond the journey: hang up, go live
  await button(say('Hang up', '挂断')).first().click();
  await page.locator('.check', { hasText: say('Go live', '正式启用') }).click();
  await page
    .locator('button:not([disabled])', { hasText: say(/^Go live$/, /^正式启用$/) })
    .last()
    .click();
  await page.getByText(say('You are live', '已正式启用')).waitFor();
  await look('live');
  assert.deepEqual(said, [], 'what the console of the browser said');
  assert.ok(actions.length <= MOST, `${actions.length} actions are more than ${MOST}`);
  console.log(`stranger ${language}: first answered call after ${actions.length} actions, ${took} s`);
} catch (error) {
  if (shots) await page.screenshot({ path: `${shots}/stranger-${language}-last.png` }).catch(() => {});
  throw error;
} finally {
  await browser.close();
}
