// The live channel: numbered messages, a gap is told, a lost connection is made again.
const PROTOCOL = 'offhook.v1';
const AGAIN_MS = [500, 1000, 2000, 5000] as const;
const PING_MS = 60_000;

/** What the server tells: an agent, a contact or the floor changed. seq grows by one with each change of it. */
export interface Told {
  readonly type: string;
  readonly id?: string;
  readonly seq?: number;
  readonly [more: string]: unknown;
}

export interface Ears {
  /** An access token for the connection. */
  readonly token: () => Promise<string>;
  /** A message that continues what is known. */
  readonly hear: (message: Told) => void;
  /** Something was missed, or the connection is new: read the state again. */
  readonly readAgain: () => void;
  readonly connected: (on: boolean) => void;
}

/** Where the channel is: at a host of its own beside the console's `app.`, on the one port of a local run. */
export function addressOf({ protocol, host }: Pick<Location, 'protocol' | 'host'>): string {
  const scheme = protocol.replace('http', 'ws');
  return host.startsWith('app.') ? `${scheme}//ws.${host.slice(4)}/` : `${scheme}//${host}/ws`;
}

export class Channel {
  private socket: WebSocket | null = null;
  private tried = 0;
  private open = true;
  private again = 0;
  private readonly last = new Map<string, number>();
  private readonly ping: number;

  constructor(private readonly ears: Ears) {
    this.ping = window.setInterval(() => this.send({ action: 'ping' }), PING_MS);
    addEventListener('online', this.renew);
    void this.connect();
  }

  /** Whether it went out. */
  send(message: object): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  close(): void {
    this.open = false;
    clearTimeout(this.again);
    clearInterval(this.ping);
    removeEventListener('online', this.renew);
    this.socket?.close(1000);
  }

  private async connect(): Promise<void> {
    const token = await this.ears.token().catch(() => null);
    if (!this.open) return;
    if (token === null) return this.later();
    const socket = new WebSocket(addressOf(location), [PROTOCOL, token]);
    this.socket = socket;
    socket.onopen = () => this.begin();
    socket.onmessage = (event) => this.take(JSON.parse(String(event.data)) as Told);
    socket.onclose = () => socket === this.socket && this.later();
  }

  /** The network is back: the connection of before may be dead without a word, and waiting is over. */
  private readonly renew = (): void => {
    if (this.socket?.readyState === WebSocket.CONNECTING) return;
    clearTimeout(this.again);
    const before = this.socket;
    this.socket = null;
    before?.close(1000);
    this.tried = 0;
    void this.connect();
  };

  private begin(): void {
    this.tried = 0;
    this.last.clear();
    this.ears.connected(true);
    this.ears.readAgain();
  }

  private take(message: Told): void {
    if (message.seq === undefined) return;
    const about = `${message.type}:${message.id ?? ''}`;
    const last = this.last.get(about);
    if (last !== undefined && message.seq <= last) return;
    this.last.set(about, message.seq);
    if (last !== undefined && message.seq > last + 1) this.ears.readAgain();
    else this.ears.hear(message);
  }

  private later(): void {
    if (!this.open) return;
    this.ears.connected(false);
    const longest = AGAIN_MS[Math.min(this.tried, AGAIN_MS.length - 1)] ?? 0;
    const wait = longest * (0.5 + Math.random() / 2); // not everybody at the same moment
    this.tried += 1;
    this.again = window.setTimeout(() => this.open && void this.connect(), wait);
  }
}
