// The carrier's real SDK behind our phone, without the carrier: its signalling is played here, its media are real WebRTC with a
// second page. The names of the messages are the SDK's own business (esm/twilio/pstream.js of 2.18.5): this test is the tripwire
// for its upgrades. It needs no system, only the sources.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { MEDIA_FLAGS, open } from './browser.mjs';

const CALL = 'CA00000000000000000000000000000001';
const SOUND_PACKETS = 20;
const vite = await createServer({
  root: fileURLToPath(new URL('..', import.meta.url)),
  cacheDir: mkdtempSync(join(tmpdir(), 'vite-')),
  logLevel: 'error',
  server: { port: 0, host: '127.0.0.1', hmr: false, watch: null },
  optimizeDeps: { noDiscovery: true, include: ['@twilio/voice-sdk'] },
});
await vite.listen();
const base = `http://127.0.0.1:${vite.httpServer.address().port}`;
const { browser, page, another, said } = await open({ flags: MEDIA_FLAGS });
const reached = []; // what left for hosts that are not ours

try {
  const carrier = await signalling();
  await page.context().route(/twilio\.com/, (route) => {
    reached.push(route.request().url());
    return route.fulfill({ json: {} });
  });
  const caller = await callersPage();
  await blank(page);
  await plugIn();
  await seen((one) => one.devices.at(-1) === 'ready', 'it registers');
  assert.equal((await carrier.heard('listen')).payload.token, 'token 1');
  await carrier.heard('register');

  const began = Date.now();
  await ring(carrier, caller, CALL);
  await seen((one) => one.calls.at(-1)?.phase === 'ringing', 'it rings');
  console.log(`twilio: rang ${Date.now() - began} ms after the invitation`);
  await page.evaluate((id) => globalThis.phone.accept(id), CALL);
  const { payload } = await carrier.heard('answer');
  assert.equal(payload.callsid, CALL);
  await caller.evaluate((sdp) => globalThis.answered(sdp), payload.sdp);
  await seen((one) => one.calls.at(-1)?.phase === 'live', 'it is live');
  const packets = await talked(caller);
  console.log(
    `twilio: answered; packets heard by the caller ${packets.heard}, sent to the agent ${packets.spoken}`,
  );

  await page.evaluate((id) => globalThis.phone.mute(id, true), CALL);
  await seen((one) => one.calls.at(-1)?.muted === true && one.calls.at(-1).phase === 'live', 'it is muted');
  await page.evaluate((id) => globalThis.phone.digits(id, '5#'), CALL);
  await seen((one) => one.keyed.join('').replaceAll(',', '') === '5#', 'keys go out as telephone events');
  await page.evaluate((id) => globalThis.phone.hangUp(id), CALL);
  assert.equal((await carrier.heard('hangup')).payload.callsid, CALL);
  await seen((one) => one.calls.at(-1)?.phase === 'ended', 'it ends');

  const second = CALL.replace(/1$/, '2');
  await ring(carrier, caller, second);
  await seen((one) => one.calls.at(-1)?.id === second, 'it rings again');
  await page.evaluate((id) => globalThis.phone.decline(id), second);
  assert.equal((await carrier.heard('reject')).payload.callsid, second);
  const third = CALL.replace(/1$/, '3');
  await ring(carrier, caller, third);
  await seen((one) => one.calls.at(-1)?.id === third, 'it rings once more');
  carrier.say({ type: 'cancel', payload: { callsid: third } });
  await seen((one) => one.calls.at(-1)?.phase === 'ended', 'the caller gives up');

  carrier.close();
  await seen((one) => one.devices.includes('lost'), 'a lost line is told');
  await seen((one) => one.devices.at(-1) === 'ready', 'it comes back by itself');
  assert.deepEqual(
    reached.filter((url) => /\.(mp3|wav)/.test(url)),
    [],
    'sounds are ours',
  );
  const wrong = said.filter((line) => !/WebSocket connection|status of 404/.test(line));
  assert.deepEqual(wrong, [], 'what the console of the browser said');
  console.log(
    'twilio: registered, rang, answered, spoke, muted, keyed, hung up, declined, given up, lost and found',
  );
} finally {
  await browser.close();
  await vite.close();
}

/** The carrier's end of the signalling socket: what was heard from the page, in order, and a voice of its own. */
async function signalling() {
  const messages = [];
  let socket = null;
  await page.routeWebSocket(/\/signal$/, (one) => {
    socket = one;
    one.onMessage((text) => {
      const message = JSON.parse(String(text));
      if (!message.type) return;
      messages.push(message);
      if (message.type !== 'listen') return;
      const token = { identity: 'a_1', ttl: 3600 };
      one.send(JSON.stringify({ type: 'connected', payload: { region: 'us1', edge: 'ashburn', token } }));
      one.send(JSON.stringify({ type: 'ready', payload: {} }));
    });
  });
  return {
    say: (message) => socket.send(JSON.stringify(message)),
    close: () => socket.close({ code: 1011, reason: 'gone' }),
    heard: (type) =>
      until(() => messages.find((one) => one.type === type && messages.splice(messages.indexOf(one), 1))),
  };
}

/** A page of nothing, of the origin that serves the sources. */
async function blank(tab) {
  await tab.route(`${base}/blank`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>.</title>' }),
  );
  await tab.goto(`${base}/blank`);
}

/** Our phone in the page; what it tells is kept. */
async function plugIn() {
  await page.evaluate(async () => {
    const { phoneFor } = await import('/src/phone/choose.ts');
    const told = { devices: [], calls: [], keyed: [] };
    const insert = RTCDTMFSender.prototype.insertDTMF;
    RTCDTMFSender.prototype.insertDTMF = function (tones, ...rest) {
      told.keyed.push(tones);
      return insert.call(this, tones, ...rest);
    };
    let asked = 0;
    const phone = await phoneFor(async () => ({ token: `token ${(asked += 1)}`, phone: 'twilio' }));
    Object.assign(globalThis, { seen: told, phone });
    await phone.start({ device: (state) => told.devices.push(state), call: (one) => told.calls.push(one) });
  });
}

function seen(fits, what) {
  return until(async () => fits(await page.evaluate(() => globalThis.seen))).catch(async () => {
    throw new Error(`Not seen that ${what}: ${JSON.stringify(await page.evaluate(() => globalThis.seen))}`);
  });
}

/** Somebody with a steady tone at the other end. */
async function callersPage() {
  const caller = await another();
  await blank(caller);
  await caller.evaluate(() => {
    globalThis.offered = async () => {
      const audio = new AudioContext();
      const tone = audio.createOscillator();
      const out = audio.createMediaStreamDestination();
      tone.connect(out);
      tone.start();
      const line = new RTCPeerConnection();
      globalThis.line = line;
      line.addTrack(out.stream.getAudioTracks()[0], out.stream);
      await line.setLocalDescription(await line.createOffer());
      await new Promise((done) => {
        const check = () => line.iceGatheringState === 'complete' && done();
        line.onicegatheringstatechange = check;
        check();
      });
      return line.localDescription.sdp;
    };
    globalThis.answered = (sdp) => globalThis.line.setRemoteDescription({ type: 'answer', sdp });
    globalThis.packets = async () => {
      const counted = { heard: 0, spoken: 0 };
      for (const one of (await globalThis.line.getStats()).values()) {
        if (one.type === 'inbound-rtp') counted.heard = one.packetsReceived;
        if (one.type === 'outbound-rtp') counted.spoken = one.packetsSent;
      }
      return counted;
    };
  });
  return caller;
}

async function ring(carrier, caller, callsid) {
  const sdp = await caller.evaluate(() => globalThis.offered());
  const parameters = {
    From: '+14155550123',
    To: 'client:a_1',
    CallSid: callsid,
    AccountSid: 'AC1',
    Params: '',
  };
  carrier.say({ type: 'invite', payload: { callsid, sdp, parameters } });
}

/** Sound in both directions. */
function talked(caller) {
  return until(async () => {
    const counted = await caller.evaluate(() => globalThis.packets());
    return counted.heard > SOUND_PACKETS && counted.spoken > SOUND_PACKETS ? counted : null;
  });
}

/** What look finds as soon as it is something. */
async function until(look, patience_ms = 60_000) {
  const deadline = Date.now() + patience_ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error('It did not come in time.');
    await new Promise((later) => setTimeout(later, 50));
  }
}
