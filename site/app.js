// Puts the page together: language, signing in, the floor renewed each second, the call.

import { demo, read, signedIn, signIn, signOut } from "./api.js";
import { leave, place, showResult } from "./call.js";
import { show } from "./floor.js";
import { choose, translate, word } from "./words.js";

const EACH_MS = 1000;
const byId = (id) => document.getElementById(id);
let offered = {};
let last = null;

async function begin() {
  translate();
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => {
      choose(button.dataset.language);
      showResult();
      if (last) show(last);
    });
  }
  byId("sign-in-form").addEventListener("submit", enter);
  byId("sign-out").addEventListener("click", leaveFloor);
  byId("place").addEventListener("click", () => place(offered));
  byId("hang-up").addEventListener("click", leave);
  offered = await demo();
  if (signedIn()) openFloor();
  else askToSignIn();
}

function askToSignIn() {
  const form = byId("sign-in-form");
  form.email.value = offered.email ?? "";
  form.password.value = offered.password ?? "";
  byId("demo-hint").hidden = !offered.email;
  byId("sign-in").hidden = false;
  byId("floor").hidden = true;
  byId("sign-out").hidden = true;
}

async function enter(event) {
  event.preventDefault();
  const form = event.currentTarget;
  byId("sign-in-trouble").textContent = "";
  try {
    await signIn(form.email.value, form.password.value);
    openFloor();
  } catch (error) {
    byId("sign-in-trouble").textContent = word(error.status === 401 ? "wrong" : "noAnswer");
  }
}

async function openFloor() {
  byId("sign-in").hidden = true;
  byId("floor").hidden = false;
  byId("sign-out").hidden = false;
  document.querySelector(".call").hidden = !offered.number;
  read("/v1/tenants/me").then((me) => (byId("tenant").textContent = me.tenant.name), () => {});
  renew();
}

function leaveFloor() {
  signOut();
  last = null;
  byId("tenant").textContent = "";
  askToSignIn();
}

async function renew() {
  if (!signedIn()) return;
  try {
    if (!document.hidden) {
      last = await read("/v1/analytics/floor");
      if (!signedIn()) return;
      show(last);
    }
    byId("trouble").textContent = "";
  } catch (error) {
    if (error.status === 401) return leaveFloor();
    byId("trouble").textContent = word("lost");
  }
  setTimeout(renew, EACH_MS);
}

begin();
