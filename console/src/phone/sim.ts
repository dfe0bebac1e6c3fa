// The simulated phone: the carrier simulator's signalling socket, signed in to with the same voice token that the real SDK takes.
import { serverNow } from '@/api/clock';
import type { CallPhase, PhoneAdapter, PhoneEvents, Renew } from './adapter';

const PATH = '/_carrier/signalling';
const AGAIN_MS = [250, 500, 1000, 2000, 5000] as const;
const RENEW_BEFORE_MS = 60_000;
const REFUSED = 4401;
const MOST_REFUSALS = 2;

interface Heard {
  readonly type: string;
  readonly call_sid?: string;
  readonly expires_at?: number;
  readonly error?: string;
}

export class SimPhone implements PhoneAdapter {
  readonly kind = 'sim';
  private socket: WebSocket | null = null;
  private on: PhoneEvents | null = null;
  private token = '';
  private tried = 0;
  private refused = 0;
  private again = 0;
  private renewal = 0;
  private call: { id: string; phase: CallPhase; muted: boolean } | null = null;
  private started: { done(): void; failed(error: Error): void } | null = null;

  constructor(private readonly renew: Renew) {}

  async start(on: PhoneEvents): Promise<void> {
    this.on = on;
    on.device('registering');
    this.token = await this.renew();
    return new Promise((done, failed) => {
      this.started = { done, failed };
      this.dial();
    });
  }

  stop(): void {
    const on = this.on;
    this.on = null;
    clearTimeout(this.again);
    clearTimeout(this.renewal);
    this.socket?.close(1000);
    this.call = null;
    on?.device('off');
  }

  accept(id: string): void {
    this.tell('connecting');
    this.say('accept', id);
  }
  decline(id: string): void {
    this.say('decline', id);
  }
  hangUp(id: string): void {
    this.say('hang_up', id);
  }
  digits(id: string, digits: string): void {
    this.say('digits', id, { digits });
  }
  mute(id: string, on: boolean): void {
    if (this.call?.id !== id) return;
    this.call.muted = on;
    this.say('mute', id, { on });
    this.tell(this.call.phase);
  }

  private dial(): void {
    const socket = new WebSocket(location.origin.replace(/^http/, 'ws') + PATH);
    this.socket = socket;
    socket.onopen = () => this.send({ action: 'listen', token: this.token });
    socket.onmessage = (event) =>
      socket === this.socket && this.hear(JSON.parse(String(event.data)) as Heard);
    socket.onclose = (event) => socket === this.socket && void this.closed(event);
  }

  private hear(message: Heard): void {
    if (message.type === 'ready') return this.ready((message.expires_at ?? 0) * 1000);
    if (message.type === 'ring') return this.ring(message.call_sid ?? '');
    if (message.call_sid !== undefined && message.call_sid !== this.call?.id) return;
    if (message.type === 'answered') this.tell('live');
    else if (message.type === 'cancel' || message.type === 'hangup') this.drop();
  }

  private ready(expiresAt: number): void {
    this.tried = 0;
    this.refused = 0;
    this.renewLater(expiresAt - serverNow() - RENEW_BEFORE_MS);
    this.on?.device('ready');
    this.started?.done();
    this.started = null;
  }

  // One call at a time; a second ring is answered by another device or nobody.
  private ring(id: string): void {
    if (this.call) return;
    this.call = { id, phase: 'ringing', muted: false };
    this.tell('ringing');
  }

  private async closed(event: CloseEvent): Promise<void> {
    clearTimeout(this.renewal);
    this.drop();
    if (!this.on) return;
    this.on.device('lost', event.reason);
    if (event.code === REFUSED && !(await this.isWorthAnother())) {
      this.on?.device('denied', event.reason);
      this.started?.failed(new Error(event.reason || 'refused'));
      return;
    }
    const wait = AGAIN_MS[Math.min(this.tried, AGAIN_MS.length - 1)];
    this.tried += 1;
    this.again = window.setTimeout(() => this.on && this.dial(), wait);
  }

  private renewLater(ms: number): void {
    clearTimeout(this.renewal);
    this.renewal = window.setTimeout(
      async () => {
        if (await this.freshToken()) this.send({ action: 'listen', token: this.token });
      },
      Math.max(ms, 1000),
    );
  }

  // Whether there is another token to try.
  private async freshToken(): Promise<boolean> {
    try {
      this.token = await this.renew();
      return true;
    } catch {
      return false;
    }
  }

  // Only the first refusals in a row are worth another token, however long the network was away before.
  private async isWorthAnother(): Promise<boolean> {
    this.refused += 1;
    return this.refused <= MOST_REFUSALS && this.freshToken();
  }

  private tell(phase: CallPhase): void {
    if (!this.call) return;
    this.call.phase = phase;
    this.on?.call({ ...this.call });
  }

  private drop(): void {
    if (!this.call) return;
    this.tell('ended');
    this.call = null;
  }

  private say(action: string, id: string, more: object = {}): void {
    this.send({ action, call_sid: id, ...more });
  }

  private send(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }
}
