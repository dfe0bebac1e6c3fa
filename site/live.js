// The live channel: numbered messages of the product, heartbeats of the desk, and connecting again when it is lost.

const PROTOCOL = "offhook.v1";
const AGAIN_MS = [500, 1000, 2000, 5000];
const PING_MS = 60_000;

export class Live {
  #socket = null;
  #tried = 0;
  #open = true;
  #again = 0;
  #last = new Map();
  #token;
  #hear;
  #readAgain;

  // token: gives an access token. hear: a message that continues what is known. readAgain: something was missed,
  // or the connection is new: read the state.
  constructor({ token, hear, readAgain }) {
    this.#token = token;
    this.#hear = hear;
    this.#readAgain = readAgain;
    this.#ping = setInterval(() => this.send({ action: "ping" }), PING_MS);
    this.#connect();
  }

  #ping;

  send(message) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  close() {
    this.#open = false;
    clearTimeout(this.#again);
    clearInterval(this.#ping);
    this.#socket?.close(1000);
  }

  async #connect() {
    let token = "";
    try {
      token = await this.#token();
    } catch {
      return this.#later();
    }
    if (!this.#open) return;
    const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/ws`, [PROTOCOL, token]);
    this.#socket = socket;
    socket.onopen = () => {
      this.#tried = 0;
      this.#last.clear();
      this.#readAgain();
    };
    socket.onmessage = (event) => this.#take(JSON.parse(event.data));
    socket.onclose = () => socket === this.#socket && this.#later();
  }

  #take(message) {
    if (message.seq === undefined) return;
    const about = `${message.type}:${message.id ?? ""}`;
    const last = this.#last.get(about);
    if (last !== undefined && message.seq <= last) return;
    this.#last.set(about, message.seq);
    if (last !== undefined && message.seq > last + 1) this.#readAgain();
    else this.#hear(message);
  }

  #later() {
    if (!this.#open) return;
    const wait = AGAIN_MS[Math.min(this.#tried, AGAIN_MS.length - 1)];
    this.#tried += 1;
    this.#again = setTimeout(() => this.#open && this.#connect(), wait);
  }
}
