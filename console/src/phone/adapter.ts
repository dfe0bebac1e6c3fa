// What a phone in the page is to the screens: it rings, carries the agent's leg, and is lost. Everything else is the server's.
export type PhoneState = 'off' | 'registering' | 'ready' | 'lost' | 'denied' | 'elsewhere';
export type CallPhase = 'ringing' | 'connecting' | 'live' | 'reconnecting' | 'ended';

export interface PhoneCall {
  readonly id: string;
  readonly phase: CallPhase;
  readonly muted: boolean;
}

export interface PhoneEvents {
  /** The device; detail says why it is lost or denied. */
  device(state: PhoneState, detail?: string): void;
  call(call: PhoneCall): void;
}

export interface PhoneAdapter {
  readonly kind: 'twilio' | 'sim';
  /** Resolves when calls can ring here. */
  start(on: PhoneEvents): Promise<void>;
  stop(): void;
  accept(id: string): void;
  decline(id: string): void;
  hangUp(id: string): void;
  mute(id: string, on: boolean): void;
  digits(id: string, digits: string): void;
}

/** Gives a new voice token. */
export type Renew = () => Promise<string>;
