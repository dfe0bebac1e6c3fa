// A desk that is open all day: call after call goes through it, and the memory of its page stays flat. `node e2e/heap.mjs 500`.
import assert from 'node:assert/strict';
import { demo, open, signIn } from './browser.mjs';
import { place } from './calls.mjs';

const calls = Number(process.argv[2] ?? 500);
const SAMPLES = 25;
const AHEAD = 3; // callers who are still in the menu, or wait: it takes them longer than a call
const GROWTH = 1.15; // what the last fifth may need more than the second; the first fifth loads and fills caches
const every = Math.max(1, Math.floor(calls / SAMPLES));
const { browser, page, said } = await open();
const samples = [];
try {
  const offered = await demo();
  const devtools = await page.context().newCDPSession(page);
  await signIn(page, offered.agent);
  await page.getByRole('button', { name: 'Start shift' }).click();
  await page.getByText('You are available').waitFor();
  for (let ahead = 0; ahead < AHEAD; ahead += 1) await place(offered);
  for (let call = 1; call <= calls; call += 1) {
    await one(offered, call);
    if (call % every === 0 || call === calls) samples.push(await measured(devtools, call));
  }
  flat('heap', (sample) => sample.bytes);
  flat('nodes', (sample) => sample.nodes);
  flat('listeners', (sample) => sample.listeners);
  assert.deepEqual(said, [], 'what the console of the browser said');
} catch (error) {
  console.log(said);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/heap-last.png` });
  throw error;
} finally {
  await browser.close();
}

/** A call from its ring to the end of its wrap-up; the next caller comes meanwhile, and waits in the queue. */
async function one(offered, call) {
  await page
    .locator('button:not([disabled])', { hasText: /^Answer/ })
    .first()
    .waitFor();
  await place(offered);
  await page.keyboard.press('Alt+Shift+KeyA');
  await page.getByRole('button', { name: 'Hold' }).waitFor();
  await page.getByLabel('Notes', { exact: true }).fill(`Call ${call} of the day.`);
  await page.getByRole('button', { name: 'Hang up' }).click();
  const finish = page.getByRole('button', { name: 'Finish wrap-up' });
  await finish.waitFor();
  const outcome = page.getByRole('combobox', { name: 'Outcome' });
  if (await outcome.count()) {
    await outcome.click();
    await page.locator('.ant-select-item-option').first().click();
  }
  await finish.click();
  await finish.waitFor({ state: 'detached' });
}

/** What is left after garbage was collected. */
async function measured(devtools, call) {
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  const megabytes = (usedSize / 1_048_576).toFixed(1);
  console.log(`heap: call ${call}: ${megabytes} MB, ${nodes} nodes, ${jsEventListeners} listeners`);
  return { bytes: usedSize, nodes, listeners: jsEventListeners };
}

function flat(what, of) {
  const fifth = Math.max(1, Math.floor(samples.length / 5));
  const before = middle(samples.slice(fifth, 2 * fifth).map(of));
  const after = middle(samples.slice(-fifth).map(of));
  const ratio = after / before;
  console.log(`heap: ${what} after ${calls} calls: ${ratio.toFixed(3)} of the second fifth`);
  assert.ok(!(ratio > GROWTH), `${what} grew from ${before} to ${after}`);
}

function middle(values) {
  return values.toSorted((low, high) => low - high)[Math.floor(values.length / 2)];
}
