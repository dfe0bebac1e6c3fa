// The floor: queues, agents and calls under way, from one answer of the API.

import { locale, timeOfDay, word } from "./words.js";

const LONG_S = 60;

export function show(floor) {
  byId("contacts").textContent = floor.contacts;
  byId("as-of").textContent = `${word("asOf")} ${timeOfDay(floor.as_of)}`;
  byId("queues").replaceChildren(...rows(floor));
  byId("agents").replaceChildren(...cards(floor));
}

const byId = (id) => document.getElementById(id);

function rows({ queues, as_of: asOf }) {
  if (queues.length === 0) return [element("tr", {}, element("td", { colSpan: 7 }, word("noQueues")))];
  return queues.map((queue) => {
    const longest = queue.oldest_at === null ? queue.longest_wait_s : (asOf - queue.oldest_at) / 1000;
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, queue.name),
      number(queue.waiting),
      number(queue.waiting ? span(longest) : "–", queue.waiting > 0 && longest > LONG_S),
      number(queue.service_level === null ? "–" : percent(queue.service_level)),
      number(queue.offered),
      number(queue.answered),
      number(queue.abandoned),
    );
  });
}

function cards(floor) {
  if (floor.agents.length === 0) return [element("li", {}, word("noAgents"))];
  return floor.agents.map((agent) => {
    const card = element(
      "li",
      {},
      element("b", {}, agent.name),
      element("time", {}, span((floor.as_of - agent.since) / 1000)),
      element("span", { className: "state" }, agent.reason || word(agent.state)),
    );
    card.style.setProperty("--state", `var(--${agent.state})`);
    return card;
  });
}

const number = (value, alert = false) => element("td", { className: alert ? "number alert" : "number" }, String(value));
const percent = (share) => new Intl.NumberFormat(locale(), { style: "percent" }).format(share);

export function span(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
