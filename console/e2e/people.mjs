// People of the journeys: fresh addresses, codes of an authenticator, the mailbox of this machine.
import { createHmac, randomBytes } from 'node:crypto';
import { base } from './browser.mjs';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_S = 30;
export const PASSWORD = 'Correct-Horse-9-Battery';

/** An address at a domain of its own: the limits of sign-ups count each mailbox and each domain. */
export const stranger = () => `ada@s${randomBytes(5).toString('hex')}.example`;

/** The six digits that an authenticator shows now (RFC 6238), of a secret in base 32. */
export function totp(secret, now = Date.now()) {
  const bits = [...secret.replace(/=+$/, '')]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 1000 / STEP_S)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = hash[hash.length - 1] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** What was mailed to the address, newest first. */
export async function mails(to) {
  const headers = { Accept: 'application/json' };
  const answer = await fetch(`${base}/_local/mail?to=${encodeURIComponent(to)}`, { headers });
  return (await answer.json()).data;
}

/** What a look finds, as soon as it finds something; looks again and again. what: not there at the end of patience. */
export async function until(look, what, patience_ms = 120_000) {
  const deadline = Date.now() + patience_ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Not there in time: ${what}.`);
    await new Promise((later) => setTimeout(later, 300));
  }
}

/** The first thing in a mail to the address that fits the pattern: its first group. Waits for it. */
export const mailed = (to, pattern) =>
  until(async () => {
    for (const mail of await mails(to)) {
      const found = pattern.exec(mail.text);
      if (found) return found[1];
    }
    return null;
  }, `a mail to ${to} that says ${pattern}`);

/** A mailed link, at the address where the journey runs. */
export const here = (link) => {
  const { pathname, search, hash } = new URL(link);
  return `${base}${pathname}${search}${hash}`;
};
