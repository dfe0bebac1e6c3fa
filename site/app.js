// Puts the page together: language, signing in, then the floor for who may watch it and the desk for who takes calls.

import { accessToken, demo, read, signedIn, signIn, signOut } from "./api.js";
import { leave, place, showResult } from "./call.js";
import { closeDesk, openDesk, showDesk, wireDesk } from "./desk.js";
import { show } from "./floor.js";
import { Live } from "./live.js";
import { choose, translate, word } from "./words.js";

const EACH_MS = 1000;
const LOOK_MS = 15_000; // should every hint be lost
const byId = (id) => document.getElementById(id);
let offered = {};
let last = null;
let heardAt = 0;
let live = null;
let timers = [];

async function begin() {
  translate();
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => {
      choose(button.dataset.language);
      showResult();
      if (last) show(last);
      showDesk();
    });
  }
  for (const button of document.querySelectorAll("[data-login]")) button.addEventListener("click", () => fillIn(button.dataset.login));
  wireDesk();
  byId("sign-in-form").addEventListener("submit", enter);
  byId("sign-out").addEventListener("click", goAway);
  byId("place").addEventListener("click", () => place(offered));
  byId("hang-up").addEventListener("click", leave);
  offered = await demo();
  if (!signedIn()) return askToSignIn();
  open().catch(askToSignIn);
}

function askToSignIn() {
  fillIn("watch");
  byId("demo-hint").hidden = !offered.email;
  byId("demo-logins").hidden = !offered.agent;
  byId("sign-in").hidden = false;
  byId("floor").hidden = true;
  byId("try").hidden = true;
  byId("sign-out").hidden = true;
}

function fillIn(login) {
  const form = byId("sign-in-form");
  const chosen = login === "agent" ? offered.agent : offered;
  form.email.value = chosen?.email ?? "";
  form.password.value = chosen?.password ?? "";
  for (const button of document.querySelectorAll("[data-login]")) {
    button.setAttribute("aria-pressed", String(button.dataset.login === login));
  }
}

async function enter(event) {
  event.preventDefault();
  const form = event.currentTarget;
  byId("sign-in-trouble").textContent = "";
  try {
    await signIn(form.email.value, form.password.value);
    await open();
  } catch (error) {
    byId("sign-in-trouble").textContent = word(error.status === 401 ? "wrong" : "noAnswer");
  }
}

async function open() {
  const me = await read("/v1/tenants/me").catch((error) => {
    if (error.status === 401) signOut();
    throw error;
  });
  byId("tenant").textContent = me.tenant.name;
  byId("sign-in").hidden = true;
  byId("sign-out").hidden = false;
  byId("try").hidden = !offered.number;
  if (me.permissions.includes("floor.watch")) openFloor();
  else if (me.permissions.includes("calls.take")) await openDesk();
}

function openFloor() {
  byId("floor").hidden = false;
  live = new Live({ token: accessToken, hear: heard, readAgain: lookAtFloor });
  timers = [setInterval(lookAtFloor, LOOK_MS), setInterval(tick, EACH_MS)];
  lookAtFloor();
}

function goAway() {
  signOut();
  live?.close();
  timers.forEach(clearInterval);
  closeDesk();
  [live, timers, last] = [null, [], null];
  byId("tenant").textContent = "";
  askToSignIn();
}

function heard(message) {
  if (message.type === "floor") keep(message.floor);
}

function keep(floor) {
  if (last && floor.seq < last.seq) return;
  [last, heardAt] = [floor, Date.now()];
  show(last);
  byId("trouble").textContent = "";
}

// Between two messages only time passes.
function tick() {
  if (last && !document.hidden) show({ ...last, as_of: last.as_of + Date.now() - heardAt });
}

async function lookAtFloor() {
  if (!signedIn()) return;
  try {
    const floor = await read("/v1/analytics/floor");
    if (live) keep(floor);
  } catch (error) {
    if (error.status === 401) goAway();
    else byId("trouble").textContent = word("lost");
  }
}

begin();
