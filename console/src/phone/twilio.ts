// The real carrier's phone: its Voice SDK behind the interface of all phones. Loaded only where the carrier is the real one.
import { Call, Device } from '@twilio/voice-sdk';
import type { CallPhase, PhoneAdapter, PhoneEvents, Renew } from './adapter';

const SILENCE = '/sounds/silence.wav';
const KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 's', 'h'] as const;
// Every name that the SDK knows: what is missing here it loads from its CDN, and rings later for it.
const SOUNDS = {
  incoming: SILENCE, // the console rings by itself, wherever the agent is
  outgoing: SILENCE,
  disconnect: '/sounds/disconnect.wav',
  ...Object.fromEntries(KEYS.map((key) => [`dtmf${key}`, `/sounds/dtmf${key}.wav`])),
};
const OPTIONS: Device.Options = {
  closeProtection: true,
  tokenRefreshMs: 30_000,
  maxCallSignalingTimeoutMs: 30_000,
  logLevel: 'silent', // what goes wrong arrives as an event
  sounds: SOUNDS as NonNullable<Device.Options['sounds']>,
};
const MICROPHONE = new Set([31_401, 31_402, 31_208]); // refused, or not there
const OVER = new Set([20_104, 31_205]); // the token has ended: the machine slept, or the network was away
const REFUSED = new Set([20_101, 31_202, 31_204, 31_206]); // the token

export class TwilioPhone implements PhoneAdapter {
  readonly kind = 'twilio';
  private device: Device | null = null;
  private on: PhoneEvents | null = null;
  private call: Call | null = null;

  constructor(private readonly renew: Renew) {}

  async start(on: PhoneEvents): Promise<void> {
    this.on = on;
    on.device('registering');
    const device = new Device(await this.renew(), OPTIONS);
    this.device = device;
    device.on('registering', () => on.device('registering'));
    device.on('registered', () => on.device('ready'));
    device.on('unregistered', () => this.device && on.device('lost'));
    device.on('error', (error: { code: number; message: string }) => this.failed(error));
    device.on('tokenWillExpire', () => void this.refresh());
    device.on('incoming', (call: Call) => this.ring(call));
    await device.register();
  }

  stop(): void {
    const { device, on } = this;
    this.device = null;
    this.on = null;
    this.call = null;
    device?.destroy();
    on?.device('off');
  }

  accept(id: string): void {
    this.with(id)?.accept();
  }
  decline(id: string): void {
    this.with(id)?.reject();
  }
  hangUp(id: string): void {
    this.with(id)?.disconnect();
  }
  digits(id: string, digits: string): void {
    this.with(id)?.sendDigits(digits);
  }
  mute(id: string, on: boolean): void {
    this.with(id)?.mute(on);
  }

  private with(id: string): Call | null {
    return this.call?.parameters.CallSid === id ? this.call : null;
  }

  // One call at a time: the SDK itself refuses a second one while the first goes on.
  private ring(call: Call): void {
    this.call = call;
    const phase = (one: CallPhase) => () => this.tell(call, one);
    call.on('accept', phase('live'));
    call.on('reconnecting', phase('reconnecting'));
    call.on('reconnected', phase('live'));
    call.on('mute', () => this.tell(call, PHASES[call.status()] ?? 'live'));
    for (const end of ['disconnect', 'cancel', 'reject']) call.on(end, phase('ended'));
    call.on('error', (error: { code: number; message: string }) => this.failed(error));
    this.tell(call, 'ringing');
  }

  private tell(call: Call, phase: CallPhase): void {
    if (call !== this.call) return;
    if (phase === 'ended') this.call = null;
    this.on?.call({ id: call.parameters.CallSid ?? '', phase, muted: call.isMuted() });
  }

  private failed({ code, message }: { code: number; message: string }): void {
    if (OVER.has(code)) void this.signInAgain(message);
    else if (MICROPHONE.has(code) || REFUSED.has(code)) this.on?.device('denied', message);
    else if (this.device?.state !== Device.State.Registered) this.on?.device('lost', message);
  }

  private async signInAgain(why: string): Promise<void> {
    const device = this.device;
    this.on?.device('lost', why);
    try {
      device?.updateToken(await this.renew());
      if (device === this.device && device?.state === Device.State.Unregistered) await device.register();
    } catch {
      if (device === this.device) this.on?.device('denied', why);
    }
  }

  // The SDK asks half a minute before the end; a failed try leaves the call alone, and its end has us sign in again.
  private async refresh(): Promise<void> {
    const token = await this.renew().catch(() => null);
    if (token) this.device?.updateToken(token);
  }
}

const PHASES: Partial<Record<Call.State, CallPhase>> = {
  [Call.State.Pending]: 'ringing',
  [Call.State.Connecting]: 'connecting',
  [Call.State.Ringing]: 'connecting',
  [Call.State.Reconnecting]: 'reconnecting',
};
