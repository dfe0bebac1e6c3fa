// One scripted call, shown step by step to its recorded outcome.

import { hangUp, placeCall, read, transcript } from "./api.js";
import { element } from "./floor.js";
import { outcomeWord, timeOfDay, word } from "./words.js";

const OUTCOME_TRIES = 20;
const byId = (id) => document.getElementById(id);
let sid = "";
let result = () => "";

// The result in the language of the moment.
export function showResult() {
  byId("result").textContent = result();
}

function conclude(words) {
  result = words;
  showResult();
}

export async function place(demo) {
  busy(true);
  byId("steps").replaceChildren(element("li", {}, word("dialling")));
  byId("steps").hidden = false;
  conclude(() => "");
  try {
    const before = await known(demo.caller);
    sid = (await placeCall(demo.caller, demo.number, byId("script").value)).sid;
    await follow();
    conclude(() => word("over"));
    const contact = await outcome(demo.caller, before);
    const ending = () => (contact ? `${word("outcome")}: ${outcomeWord(contact.outcome)} (${contact.id})` : word("notRecorded"));
    conclude(() => `${word("over")} ${ending()}`);
  } catch {
    const trouble = sid ? "callLost" : "callFailed";
    conclude(() => word(trouble));
  } finally {
    sid = "";
    busy(false);
  }
}

export const leave = () => sid && hangUp(sid);

async function follow() {
  const list = byId("steps");
  list.replaceChildren();
  for (let since = 0; ; ) {
    const page = await transcript(sid, since);
    for (const step of page.entries) {
      const time = element("time", {}, timeOfDay(step.at * 1000));
      list.append(element("li", { className: step.kind }, time, step.text));
      list.scrollTop = list.scrollHeight;
    }
    since = page.next;
    if (page.over && page.entries.length === 0) return;
  }
}

// Contacts of this caller that are closed already; the new one is the one that is not among them.
async function known(caller) {
  const page = await read(`/v1/analytics/contacts?number=${encodeURIComponent(caller)}&limit=200`);
  return new Set(page.data.map((contact) => contact.id));
}

async function outcome(caller, before) {
  for (let tried = 0; tried < OUTCOME_TRIES; tried += 1) {
    const page = await read(`/v1/analytics/contacts?number=${encodeURIComponent(caller)}&limit=5`);
    const contact = page.data.find((one) => !before.has(one.id) && one.outcome);
    if (contact) return contact;
    await new Promise((done) => setTimeout(done, 1000));
  }
  return null;
}

function busy(on) {
  byId("place").disabled = on;
  byId("script").disabled = on;
  byId("hang-up").hidden = !on;
}
