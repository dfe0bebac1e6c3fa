// A corner of the demo's centre that only one journey has: a queue, who serves it, and customers whom it calls back.
import { base } from './browser.mjs';

const ANY_HOUR = { from_hour: 0, until_hour: 24, ring_s: 25, spacing_s: 60, attempts: 3, detect: false };

/** Requests of somebody who is signed in; throws what the API refuses. */
export async function api({ email, password }) {
  return as(await ask('POST', '/v1/tenants/sessions', { email, password }));
}

/** Requests of whoever has these tokens. */
export const as =
  ({ access_token }) =>
  (method, path, body, headers = {}) =>
    ask(method, path, body, { Authorization: `Bearer ${access_token}`, ...headers });

async function ask(method, path, body, headers = {}) {
  const answer = await fetch(`${base}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

/** A queue of its own with short rings, and the profile of who serves it. */
export async function corner(lead, { offer_s = 20, wrap_up_s = 60, first = 'agent' } = {}) {
  const name = `Corner ${Date.now().toString(36)}`;
  const callbacks = { ...ANY_HOUR, first };
  const queue = await lead('POST', '/v1/routing/queues', { name, offer_s, wrap_up_s, callbacks });
  const profile = await lead('POST', '/v1/routing/profiles', { name, queues: [queue.id] });
  return {
    queue,
    profile,
    /** The agent serves nothing else until they sign out. */
    lend: (agent) => lead('PUT', `/v1/routing/agents/${agent}/profile`, { profile_id: profile.id }),
    /** A customer who is to be called back: rings who serves the corner. script: what they do when they are called. */
    async callBack(script = 'answer after 1 s, hang up 300 s after connecting') {
      const number = `+1415555${String(Math.floor(Math.random() * 10_000)).padStart(4, '0')}`;
      await ask('PUT', `/_carrier/scripts/${encodeURIComponent(number)}`, { script });
      return lead('POST', '/v1/routing/callbacks', { number, queue: queue.id });
    },
    async close() {
      const { data } = await lead('GET', `/v1/routing/callbacks?queue=${queue.id}`);
      for (const one of data) await lead('DELETE', `/v1/routing/callbacks/${one.id}`).catch(() => {});
      await lead('DELETE', `/v1/routing/profiles/${profile.id}`).catch(() => {});
      await lead('DELETE', `/v1/routing/queues/${queue.id}`).catch(() => {});
    },
  };
}
