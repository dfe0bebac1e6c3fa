// The agent's desk: going available, the ring with its countdown, talking, wrap-up. What is shown is what the API says;
// the phone rings and talks, the live channel says when to look.

import { accessToken, read, write } from "./api.js";
import { element, span } from "./floor.js";
import { Live } from "./live.js";
import { Phone } from "./phone.js";
import { word } from "./words.js";

const ME = "/v1/routing/agents/me";
const BEAT_MS = 12_000;
const LOOK_MS = 15_000; // should every hint be lost
const SERVICE = 1; // the caller that the demo's agent is for
const byId = (id) => document.getElementById(id);

let phone = null;
let live = null;
let desk = null;
let reading = null;
let timers = [];
let trouble = "";

// Begins to show the desk of whoever is signed in; the agent goes to work by the button.
export async function openDesk() {
  byId("desk").hidden = false;
  byId("script").selectedIndex = SERVICE;
  live = new Live({ token: accessToken, hear: look, readAgain: look });
  timers = [setInterval(beat, BEAT_MS), setInterval(look, LOOK_MS), setInterval(tick, 250)];
  await look();
  if (working()) await plugIn().catch(explain);
}

export function closeDesk() {
  timers.forEach(clearInterval);
  live?.close();
  phone?.disconnect();
  [phone, live, desk, timers, trouble] = [null, null, null, [], ""];
  byId("desk").hidden = true;
}

export function wireDesk() {
  on("go", async () => {
    await plugIn();
    if (!working()) await write("POST", `${ME}/session`, {});
    else await write("PUT", `${ME}/state`, { state: "available" });
  });
  on("pause", () => write("PUT", `${ME}/state`, { state: "away", reason: "break" }));
  on("leave", () => write("DELETE", `${ME}/session`));
  on("answer", () => phone?.accept());
  on("decline", () => write("DELETE", `/v1/routing/contacts/${desk.work.contact_id}/offers/${desk.work.offer_id}`));
  on("end", () => write("DELETE", `/v1/routing/contacts/${desk.work.contact_id}/conversation`));
  on("hold", () => write("PUT", `/v1/routing/contacts/${desk.work.contact_id}/hold`, { on: !desk.work.on_hold }));
  on("mute", () => phone?.mute(!phone.muted));
  byId("wrap-up-form").addEventListener("submit", (event) => {
    event.preventDefault();
    act(async () => {
      const disposition = byId("disposition").value;
      const notes = { disposition, resolved: disposition !== "call_again", notes: byId("notes").value };
      await write("PATCH", `/v1/routing/contacts/${desk.work.contact_id}/notes`, notes);
      await write("DELETE", `${ME}/wrap-up`);
      byId("notes").value = "";
    });
  });
}

export const showDesk = () => !byId("desk").hidden && show();

const working = () => desk !== null && desk.agent.state !== "offline";
const on = (id, action) => byId(id).addEventListener("click", () => act(action));

async function act(action) {
  trouble = "";
  try {
    await action();
  } catch (error) {
    explain(error);
  }
  await look();
}

function explain(error) {
  trouble = error.status ? error.message : word("noAnswer");
}

async function plugIn() {
  if (phone) return;
  const renew = async () => (await write("POST", `${ME}/voice-token`)).token;
  const made = new Phone({ renew });
  for (const kind of ["ring", "answer", "cancel", "hangup", "lost", "ready"]) made.addEventListener(kind, look);
  await made.connect(await renew());
  phone = made;
}

// Reads the desk; of several wishes at once the last is fulfilled too.
function look() {
  if (reading) {
    reading.again = true;
    return reading.done;
  }
  const now = { again: false };
  now.done = (async () => {
    do {
      now.again = false;
      await readDesk();
    } while (now.again && live);
  })().finally(() => (reading = null));
  reading = now;
  show();
  return now.done;
}

async function readDesk() {
  try {
    desk = await read(ME);
  } catch (error) {
    if (error.status === 404) desk = null;
    else if (error.status !== 401) explain(error);
  }
  if (live) show();
}

function beat() {
  if (!working()) return;
  const session_id = desk.agent.session_id;
  if (!live.send({ action: "heartbeat", session_id })) write("POST", `${ME}/heartbeat`, { session_id }).catch(() => {});
}

function show() {
  const state = desk?.agent.state ?? "offline";
  const work = desk?.work ?? null;
  const rings = state === "reserved";
  const talks = state === "busy";
  byId("desk-name").textContent = desk?.agent.name ?? "";
  byId("desk-state").textContent = desk?.agent.reason && state === "away" ? `${word("away")} (${desk.agent.reason})` : word(state);
  byId("desk").style.setProperty("--state", `var(--${state})`);
  byId("phone-state").textContent = phone ? word(phone.state === "off" ? "phoneLost" : "phoneReady") : "";
  enable("go", ["offline", "away"].includes(state));
  enable("pause", state === "available");
  enable("leave", ["available", "away"].includes(state));
  enable("answer", rings && phone?.state === "ringing");
  enable("decline", rings);
  enable("end", talks);
  enable("hold", talks && work?.talk_at && !work.talk_ended_at);
  enable("mute", talks && phone?.state === "talking");
  byId("hold").textContent = word(work?.on_hold ? "resume" : "hold");
  byId("mute").textContent = word(phone?.muted ? "unmute" : "mute");
  byId("wrap-up-form").hidden = state !== "wrap_up";
  byId("work").hidden = work === null;
  if (work) byId("customer").replaceChildren(...customer(work));
  byId("desk-trouble").textContent = trouble;
  tick();
}

function customer(work) {
  const who = work.customer;
  const number = who.number ?? who.customer_number ?? "";
  const name = who.name || number || word("unknownCaller");
  const parts = [who.name ? number : "", who.tier, ...(who.tags ?? [])].filter(Boolean);
  return [element("b", {}, name), element("span", {}, parts.join(" · ")), element("small", {}, work.reason)];
}

// What changes by itself: how long it still rings, has been talked, may be wrapped up.
function tick() {
  const work = desk?.work;
  const until = work?.expires_at ?? work?.wrap_up_until;
  const since = desk?.agent.state === "busy" ? work?.talk_at : null;
  const seconds = until ? (until - Date.now()) / 1000 : since ? (Date.now() - since) / 1000 : null;
  byId("desk-clock").textContent = seconds === null ? "" : span(seconds);
}

function enable(id, shown) {
  byId(id).hidden = !shown;
}
