// The simulated phone: rings in this page and is lost with it. It talks to the carrier simulator's signalling socket
// with the same voice token that the carrier's own Voice SDK would sign in with; no other file knows the simulator.
//
//   const phone = new Phone({ renew: async () => token });
//   phone.addEventListener("ring", (event) => event.detail.callSid);
//   await phone.connect(token);  phone.accept();  phone.mute(true);  phone.digits("1");  phone.hangUp();
//
// Events: ready, ring, answer, cancel (rings no longer), hangup (the conversation is over), lost (trying again), refused.

const PATH = "/_carrier/signalling";
const AGAIN_MS = [250, 500, 1000, 2000, 5000];
const RENEW_BEFORE_MS = 60_000;
const REFUSED = 4401;

export class Phone extends EventTarget {
  #socket = null;
  #token = "";
  #tried = 0;
  #open = false;
  #again = 0;
  #renewal = 0;
  #renew;

  // renew: gives a new voice token; asked when the present one is about to end or is refused.
  constructor({ renew, path = PATH } = {}) {
    super();
    this.#renew = renew;
    this.path = path;
    this.callSid = null;
    this.state = "off"; // off, idle, ringing, talking
    this.muted = false;
  }

  // Signs in; resolves when calls can ring here.
  connect(token) {
    this.#token = token;
    this.#open = true;
    return new Promise((done, failed) => {
      const off = new AbortController();
      this.addEventListener("ready", () => (off.abort(), done()), { signal: off.signal });
      this.addEventListener("refused", (event) => (off.abort(), failed(new Error(event.detail.reason))), { signal: off.signal });
      this.#dial();
    });
  }

  disconnect() {
    this.#open = false;
    clearTimeout(this.#again);
    clearTimeout(this.#renewal);
    this.#socket?.close(1000);
    this.#drop("off");
  }

  accept() {
    this.#say("accept");
  }

  decline() {
    this.#say("decline");
  }

  hangUp() {
    this.#say("hang_up");
  }

  mute(on) {
    this.muted = on;
    this.#say("mute", { on });
  }

  digits(digits) {
    this.#say("digits", { digits });
  }

  #dial() {
    const socket = new WebSocket(location.origin.replace(/^http/, "ws") + this.path);
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify({ action: "listen", token: this.#token }));
    socket.onmessage = (event) => socket === this.#socket && this.#hear(JSON.parse(event.data));
    socket.onclose = (event) => socket === this.#socket && this.#closed(event);
  }

  #hear(message) {
    if (message.type === "ready") {
      this.#tried = 0;
      if (this.state === "off") this.state = "idle";
      this.#renewLater(message.expires_at * 1000 - Date.now() - RENEW_BEFORE_MS);
    } else if (message.type === "ring") {
      if (this.state !== "idle") return; // one call at a time; who rings twice is answered by the other device or nobody
      this.state = "ringing";
      this.callSid = message.call_sid;
    } else if (message.call_sid !== undefined && message.call_sid !== this.callSid) {
      return;
    } else if (message.type === "answered") {
      this.state = "talking";
    } else if (message.type === "cancel" || message.type === "hangup") {
      this.#drop("idle");
    }
    const named = message.type === "answered" ? "answer" : message.type;
    this.#emit(named, { callSid: message.call_sid, from: message.from, reason: message.error });
  }

  async #closed(event) {
    clearTimeout(this.#renewal);
    const had = this.callSid;
    this.#drop("off");
    if (!this.#open) return;
    this.#emit("lost", { callSid: had });
    if (event.code === REFUSED && !(await this.#freshToken())) {
      this.#open = false;
      this.#emit("refused", { reason: event.reason || "refused" });
      return;
    }
    const wait = AGAIN_MS[Math.min(this.#tried, AGAIN_MS.length - 1)];
    this.#tried += 1;
    this.#again = setTimeout(() => this.#open && this.#dial(), wait);
  }

  #renewLater(ms) {
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(async () => {
      if (await this.#freshToken()) this.#send({ action: "listen", token: this.#token });
    }, Math.max(ms, 1000));
  }

  // Whether there is another token to try; the first refusal of several in a row is worth one.
  async #freshToken() {
    if (!this.#renew || this.#tried > 1) return false;
    try {
      this.#token = await this.#renew();
      return true;
    } catch {
      return false;
    }
  }

  #say(action, more = {}) {
    if (this.callSid) this.#send({ action, call_sid: this.callSid, ...more });
  }

  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #drop(state) {
    this.state = state;
    this.callSid = null;
    this.muted = false;
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
