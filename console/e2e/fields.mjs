// What is typed wrong is said beside its field, and nothing has changed: sign-up, verification, second factor, first run,
// a queue, invitation, sign-in, reset. On the way everything is done right once, too.
import assert from 'node:assert/strict';
import { base, open, violations } from './browser.mjs';
import { here, mailed, mails, PASSWORD, stranger, totp } from './people.mjs';

const language = process.argv[2] ?? 'en-US';
const say = (english, chinese) => (language === 'zh-CN' ? chinese : english);
const shots = process.env.SHOTS;
const NEW_PASSWORD = 'Another-Horse-7-Staple';
const WRONG_CODE = '000000';
const { browser, page, said } = await open({ language, width: 1280, height: 720 });
let checked = 0;

const button = (name) => page.locator('main button[type=submit]', { hasText: name });
const fill = (label, text) => page.getByLabel(label, { exact: true }).fill(text);

/** The sentence stands below this very field, which a screen reader is told, too. */
async function beside(label, sentence) {
  const field = page.getByLabel(label, { exact: true });
  const item = page.locator('.ant-form-item', { has: field });
  await item.locator('.ant-form-item-explain-error', { hasText: sentence }).waitFor();
  assert.equal(await field.getAttribute('aria-invalid'), 'true', `${label} is marked`);
  assert.deepEqual(await violations(page), [], `accessibility with a wrong ${label}`);
  checked += 1;
  if (shots) await page.screenshot({ path: `${shots}/fields-${language}-${checked}.png` });
}

const api = (path, headers = {}) => fetch(`${base}${path}`, { headers }).then((answer) => answer.json());
const token = () =>
  page.evaluate(() => JSON.parse(sessionStorage.getItem('offhook.tokens') ?? 'null')?.access_token ?? '');
const mine = async (path) => api(path, { Authorization: `Bearer ${await token()}` });

const queuesOf = async (name) => (await mine('/v1/routing/queues')).data.filter((one) => one.name === name);

const company = say('Company', '公司名称');
const workMail = say('Work e-mail', '工作邮箱');
const eMail = say('E-mail', '邮箱');
const noAddress = say('This is no e-mail address.', '邮箱格式不正确。');
const wrongCode = say('The code is wrong or too old.', '验证码错误或已过期。');
const weak = say('The password lacks something', '密码不满足下列要求');
const code = say('Code of your authenticator', '身份验证器代码');
const goOn = say('Go on', '继续');

try {
  const email = stranger();
  const owner = { email, password: PASSWORD, secret: '' };
  await signsUp();
  await verifies(owner);
  await provesTheSecondFactor(owner);
  await setsUp(owner);
  await setsAQueue();
  await invited(owner);
  await resets(owner);
  await signsIn(owner);
  await brokenLinks();
  const unasked = said.filter((one) => !/status of 4\d\d/.test(one)); // refusals are what this is about
  assert.deepEqual(unasked, [], 'what the console of the browser said');
  console.log(`fields ${language}: ${checked} wrong fields, each said beside it, nothing changed`);

  async function signsUp() {
    await page.goto(`${base}/sign-up`);
    await button(say('Create account', '创建账号')).click();
    await beside(company, say('This is needed.', '请填写此项。'));
    await fill(company, 'www.cheap-pills.example');
    await fill(workMail, email);
    await button(say('Create account', '创建账号')).click();
    await beside(company, say('no web addresses', '不含网址'));
    await fill(company, 'Acme');
    await fill(workMail, 'ada at acme');
    await button(say('Create account', '创建账号')).click();
    await beside(workMail, noAddress);
    assert.deepEqual(await mails(email), [], 'nothing was mailed');
    await fill(workMail, email);
    await button(say('Create account', '创建账号')).click();
    await page.getByText(email).waitFor();
  }

  async function verifies({ password }) {
    const link = await mailed(email, /(https?:\S+\/verify#\S+)/);
    await page.goto(here(link));
    await fill(say('Your name', '您的姓名'), 'Ada');
    await fill(say('Choose a password', '设置密码'), 'short');
    await button(say('Set everything up', '开始设置')).click();
    await beside(say('Choose a password', '设置密码'), weak);
    const [id, secret] = new URL(link).hash.slice(1).split('/');
    const progress = await api(`/v1/tenants/sign-ups/${id}`, { Authorization: `Bearer ${secret}` });
    assert.equal(progress.status, 'waiting_for_verification');
    await fill(say('Choose a password', '设置密码'), password);
    await button(say('Set everything up', '开始设置')).click();
    await page.waitForURL(/second-factor/);
  }

  async function provesTheSecondFactor(person) {
    person.secret = (await page.locator('.secret').innerText()).trim();
    await fill(code, WRONG_CODE);
    await button(goOn).click();
    await beside(code, wrongCode);
    assert.equal((await mine('/v1/tenants/me')).withheld, 'second_factor_needed');
    await fill(code, totp(person.secret));
    await button(goOn).click();
    await page.waitForURL((url) => url.pathname === '/welcome');
  }

  async function setsUp() {
    const share = say('Who call in a month', '每月来电客户占比');
    await page.goto(`${base}/welcome?step=size`);
    await fill(share, '101');
    await button(say('Keep this estimate', '保存估算')).click();
    await beside(share, say('This number is out of range.', '数值超出范围。'));
    assert.equal((await mine('/v1/tenants/onboarding')).estimate, null);
    await fill(share, '12');
    await button(say('Keep this estimate', '保存估算')).click();
    await page
      .locator('.check', { hasText: say('Size', '规模') })
      .locator('.tick')
      .waitFor();
  }

  async function setsAQueue() {
    const group = (title) => page.locator('summary', { hasText: title });
    const save = page.locator('.ant-drawer-footer button', { hasText: say('Save', '保存') });
    const place = say('Keeps the place for', '位置保留');
    const from = say('Not before', '不早于');
    await page.goto(`${base}/queues`);
    await page
      .locator('main')
      .getByRole('button', { name: say('Add', '新增') })
      .first()
      .click();
    await fill(say('Name', '名称'), 'Claims');
    await group(say('Waiting', '排队等待')).click();
    await fill(place, '3601');
    await group(say('Waiting', '排队等待')).click();
    await save.click(); // the group opens by itself
    await beside(place, say('From 0 to 3,600.', '须在 0 到 3,600 之间。'));
    await fill(place, '90');
    await group(say('Callbacks', '回拨')).click();
    await fill(from, '20');
    await fill(say('Not after', '不晚于'), '20');
    await save.click();
    await beside(from, say('0 to 19', '0 到 19'));
    assert.deepEqual(await queuesOf('Claims'), [], 'no queue was made');
    await fill(from, '9');
    await save.click();
    await page.locator('tr', { hasText: 'Claims' }).waitFor();
    const [{ keep_place_s, callbacks }] = await queuesOf('Claims');
    assert.deepEqual([keep_place_s, callbacks.from_hour, callbacks.until_hour], [90, 9, 20]);
  }

  async function invited() {
    const send = button(say('Send invitation', '发送邀请'));
    const guest = stranger();
    await page.goto(`${base}/welcome?step=invite`);
    await fill(eMail, 'nobody');
    await send.click();
    await beside(eMail, noAddress);
    await fill(eMail, email);
    await send.click();
    await beside(eMail, say('here or invited already', '已加入或已被邀请'));
    assert.deepEqual((await mine('/v1/tenants/invitations')).data, [], 'nobody was invited');
    await fill(eMail, guest);
    await send.click();
    await page
      .locator('.check', { hasText: say('People', '人员') })
      .locator('.tick')
      .waitFor();
    const link = await mailed(guest, /(https?:\S+\/invitation#\S+)/);
    await page.goto('about:blank');
    await page.goto(here(link));
    const password = page.locator('input[type=password]');
    await password.fill('too short');
    await button(say('Accept the invitation', '接受邀请')).click();
    await beside(say('Password', '密码'), weak);
    await password.fill(PASSWORD);
    await button(say('Accept the invitation', '接受邀请')).click();
    await page.waitForURL(/\/desk/);
    assert.equal((await mine('/v1/tenants/me')).role, 'agent');
  }

  async function resets(person) {
    await page.goto(`${base}/reset`);
    await fill(eMail, 'ada at acme');
    await button(say('Mail me a code', '发送验证码')).click();
    await beside(eMail, noAddress);
    await fill(eMail, email);
    await button(say('Mail me a code', '发送验证码')).click();
    const field = say('Code', '验证码');
    await fill(field, WRONG_CODE);
    await fill(say('New password', '新密码'), NEW_PASSWORD);
    await button(say('Change the password', '修改密码')).click();
    await beside(field, wrongCode);
    const sent = await mailed(email, /(?:code is|验证码是) (\d{6})/);
    await fill(field, sent);
    await fill(say('New password', '新密码'), 'weak');
    await button(say('Change the password', '修改密码')).click();
    await beside(say('New password', '新密码'), weak);
    await fill(say('New password', '新密码'), NEW_PASSWORD);
    await button(say('Change the password', '修改密码')).click();
    await page.waitForURL(/login/);
    person.password = NEW_PASSWORD;
  }

  async function signsIn({ password, secret }) {
    const wrong = say('E-mail or password is wrong.', '邮箱或密码错误。');
    await page.goto(`${base}/login`);
    await fill(eMail, email);
    await fill(say('Password', '密码'), PASSWORD);
    await button(say('Sign in', '登录')).click();
    await beside(say('Password', '密码'), wrong);
    assert.equal(await token(), '', 'nobody is signed in');
    await fill(say('Password', '密码'), password);
    await button(say('Sign in', '登录')).click();
    await fill(code, WRONG_CODE);
    await button(goOn).click();
    await beside(code, wrongCode);
    assert.equal(await token(), '', 'nobody is signed in');
    await fill(code, totp(secret));
    await button(goOn).click();
    await page.waitForURL((url) => url.pathname === '/welcome');
  }

  async function brokenLinks() {
    await page.goto('about:blank');
    await page.goto(`${base}/verify#join_00000000000000000000/v_00000000000000000000`);
    await page.getByText(say('This link is not valid', '此链接无效')).waitFor();
    await page.goto('about:blank');
    await page.goto(`${base}/invitation#inv_nobody.0000`);
    await page.locator('input[type=password]').fill(PASSWORD);
    await button(say('Accept the invitation', '接受邀请')).click();
    await page.getByText(say('This invitation is not valid', '此邀请无效')).waitFor();
  }
} catch (error) {
  if (shots) await page.screenshot({ path: `${shots}/fields-${language}-last.png` }).catch(() => {});
  throw error;
} finally {
  await browser.close();
}
