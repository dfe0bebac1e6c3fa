// The public API and the simulated telephone network, both below this page's own address.

export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

const KEPT = "offhook.tokens";
let tokens = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");

export const signedIn = () => tokens !== null;

export async function signIn(email, password) {
  keep(await send("POST", "/v1/tenants/sessions", { email, password }));
}

export function signOut() {
  keep(null);
}

export const read = (path) => write("GET", path);

// Asks with the access token; an ended one is renewed once.
export async function write(method, path, body) {
  try {
    return await send(method, path, body, tokens?.access_token);
  } catch (error) {
    if (error.status !== 401 || !tokens?.refresh_token) throw error;
  }
  await renew();
  return send(method, path, body, tokens.access_token);
}

// An access token that lasts for a while yet.
export async function accessToken() {
  if (endsAt(tokens.access_token) - Date.now() < 60_000) await renew();
  return tokens.access_token;
}

async function renew() {
  const renewed = await send("POST", "/v1/tenants/sessions/refresh", { refresh_token: tokens.refresh_token });
  keep({ ...tokens, ...renewed, refresh_token: renewed.refresh_token ?? tokens.refresh_token });
}

const endsAt = (token) => JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"))).exp * 1000;

export const demo = () => send("GET", "/_local/demo").catch(() => ({}));
export const placeCall = (from, to, script) => send("POST", "/_carrier/calls", { from, to, script });
export const hangUp = (sid) => send("POST", `/_carrier/calls/${sid}/hang_up`);
export const transcript = (sid, since) => send("GET", `/_carrier/calls/${sid}/transcript?since=${since}&wait=15`);

function keep(next) {
  tokens = next;
  if (next) sessionStorage.setItem(KEPT, JSON.stringify(next));
  else sessionStorage.removeItem(KEPT);
}

async function send(method, path, body, token) {
  const headers = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await answer.text();
  const value = text ? JSON.parse(text) : null;
  if (!answer.ok) throw new Refused(answer.status, value?.detail ?? answer.statusText);
  return value;
}
