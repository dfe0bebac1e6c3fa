// One scripted call, shown step by step to its recorded outcome.

import { hangUp, placeCall, read, transcript } from "./api.js";
import { element } from "./floor.js";
import { outcomeWord, timeOfDay, word } from "./words.js";

const OUTCOME_TRIES = 20;
const NEAR_MS = 5000;
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
    const placedAt = Date.now();
    sid = (await placeCall(demo.caller, demo.number, byId("script").value)).sid;
    await follow();
    conclude(() => word("over"));
    const contact = await outcome(demo.caller, placedAt).catch(mayNotRead);
    if (contact === undefined) return;
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

// Who may not read contacts (an agent) is told no outcome.
function mayNotRead(error) {
  if (error.status !== 403) throw error;
}

// The closed contact of this caller that began when the call was placed; null when it is not recorded in time.
async function outcome(caller, placedAt) {
  const away = (contact) => Math.abs(contact.started_at - placedAt);
  for (let tried = 0; tried < OUTCOME_TRIES; tried += 1) {
    const page = await read(`/v1/analytics/contacts?number=${encodeURIComponent(caller)}&limit=20`);
    const recorded = page.data.filter((one) => one.outcome && away(one) < NEAR_MS);
    if (recorded.length > 0) return recorded.sort((one, other) => away(one) - away(other))[0];
    await new Promise((done) => setTimeout(done, 1000));
  }
  return null;
}

function busy(on) {
  byId("place").disabled = on;
  byId("script").disabled = on;
  byId("hang-up").hidden = !on;
}
