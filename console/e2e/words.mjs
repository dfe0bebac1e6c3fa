// Journeys are written in English. In another language the same words are found by the console's own strings, so that
// every journey runs in each: OFFHOOK_LANGUAGE=zh-CN node e2e/shift.mjs
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { runnerImport } from 'vite';

const SOURCES = { resolve: { alias: { '@': fileURLToPath(new URL('../src', import.meta.url)) } } };
const OF_ANTD = [['OK', '确定']]; // the library's own words, of the journeys' one other language
const LABEL_IN = /^(.+)( (?:en-US|zh-CN))$/; // the label of a field for each language
const ANCHORS = /^(\^|\(\^\| \))?.*?(\$)?$/;
const LEAST_LETTERS = 4; // of a template beside its values: one of fewer says too much of what is typed
const PARAM = /\{\{\s*(\w+)[^}]*\}\}/g;
const quoted = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Every string of the one language with that of the other, by their keys. */
function pairs(own, other) {
  return Object.entries(own).flatMap(([key, text]) => {
    const there = other?.[key] ?? other?.[key.replace(/_(zero|one|two|few|many)$/, '_other')];
    if (typeof text === 'object' && text !== null) return pairs(text, there);
    return typeof text === 'string' && typeof there === 'string' ? [[text, there]] : [];
  });
}

/** A template as a pattern of what it may say. */
const pattern = (template) =>
  template
    .split(PARAM)
    .map((part, n) => (n % 2 ? '(.*)' : quoted(part)))
    .join('');

/** The template with what stood at the parameters of the other one, each in its own words there. */
function filled(template, from, said, own) {
  const names = [...from.matchAll(PARAM)].map((one) => one[1]);
  const values = new RegExp(`^${pattern(from)}$`).exec(said).slice(1);
  return template.replace(PARAM, (_, name) => own(values[names.indexOf(name)] ?? ''));
}

async function dictionary(language) {
  const [en, other] = await Promise.all(
    ['en', language].map(async (name) => (await runnerImport(`@/i18n/${name}.ts`, SOURCES)).module.default),
  );
  const all = [...pairs(en, other), ...OF_ANTD];
  const own = (value) => all.find(([text]) => text === value)?.[1] ?? value;
  const like = (fits, to) => all.filter(([text]) => fits(text)).map(([text, there]) => to(there, text));
  /** What says there what a string says here, as patterns: the string itself, one with values in it, or one that begins so. */
  const found = (wanted) => {
    const same = like((text) => text === wanted, quoted);
    if (same.length) return same;
    const withValues = like(
      (text) =>
        text.includes('{{') &&
        text.replace(PARAM, '').replace(/\W/g, '').length >= LEAST_LETTERS &&
        new RegExp(`^${pattern(text)}$`).test(wanted),
      (there, text) => quoted(filled(there, text, wanted, own)),
    );
    return withValues.length ? withValues : like((text) => text.startsWith(wanted), pattern);
  };
  /** What an English word of a journey, or a pattern of it, is there; as it is when no string says so. */
  return (wanted, exact) => {
    if (wanted instanceof RegExp) {
      const fits = all.filter(([text]) => wanted.test(text.replace(PARAM, 'x')));
      const [, begins = '', ends = ''] = ANCHORS.exec(wanted.source);
      const there = new Set(fits.map(([, text]) => `${begins}${pattern(text)}${ends}`));
      return new RegExp([wanted.source, ...there].join('|'), wanted.flags);
    }
    const [, label, tag] = LABEL_IN.exec(wanted) ?? [null, wanted, ''];
    const there = [...new Set(found(label))];
    if (there.length === 0) return wanted;
    const any = `(${there.join('|')})${tag}`;
    return new RegExp(exact ? `^${any}$` : any);
  };
}

/** From now on what journeys look for by its English words is looked for in that language; answer: a word as a pattern of it there. */
export async function speak(language) {
  const inWords = await dictionary(language);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage();
  for (const kind of [Object.getPrototypeOf(page), Object.getPrototypeOf(page.locator('x'))]) {
    for (const by of ['getByText', 'getByLabel', 'getByPlaceholder', 'getByTitle']) {
      const plain = kind[by];
      kind[by] = function (text, options) {
        return plain.call(this, inWords(text, options?.exact), options);
      };
    }
    const { getByRole, locator, filter } = kind;
    const worded = (options, ...keys) => {
      const changed = keys.filter((key) => options?.[key] !== undefined);
      return {
        ...options,
        ...Object.fromEntries(changed.map((key) => [key, inWords(options[key], options.exact)])),
      };
    };
    kind.getByRole = function (role, options) {
      return getByRole.call(this, role, worded(options, 'name'));
    };
    kind.locator = function (selector, options) {
      return locator.call(this, selector, worded(options, 'hasText', 'hasNotText'));
    };
    if (filter)
      kind.filter = function (options) {
        return filter.call(this, worded(options, 'hasText', 'hasNotText'));
      };
  }
  await browser.close();
  return (text) => [inWords(text)].map((one) => (one instanceof RegExp ? `(${one.source})` : quoted(one)))[0];
}
