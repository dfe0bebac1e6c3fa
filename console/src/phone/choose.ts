// Which phone this page gets: the one that the token it is given is for.
import type { PhoneAdapter, PhoneEvents } from './adapter';
import { SimPhone } from './sim';

export interface VoiceToken {
  readonly token: string;
  readonly phone: 'twilio' | 'sim';
}

/** ask: gives a new token each time. The real SDK is loaded only where it is needed. */
export class ChosenPhone implements PhoneAdapter {
  private phone: PhoneAdapter | null = null;
  private stopped = false;

  constructor(private readonly ask: () => Promise<VoiceToken>) {}

  get kind() {
    return this.phone?.kind ?? 'sim';
  }

  async start(on: PhoneEvents): Promise<void> {
    on.device('registering');
    const phone = await phoneFor(this.ask);
    if (this.stopped) return;
    this.phone = phone;
    await phone.start(on);
  }

  stop(): void {
    this.stopped = true;
    this.phone?.stop();
  }

  accept(id: string): void {
    this.phone?.accept(id);
  }
  decline(id: string): void {
    this.phone?.decline(id);
  }
  hangUp(id: string): void {
    this.phone?.hangUp(id);
  }
  mute(id: string, on: boolean): void {
    this.phone?.mute(id, on);
  }
  digits(id: string, digits: string): void {
    this.phone?.digits(id, digits);
  }
}

/** The phone for the first token, which it signs in with; later it asks for others. */
export async function phoneFor(ask: () => Promise<VoiceToken>): Promise<PhoneAdapter> {
  const first = await ask();
  let unused: string | null = first.token;
  const renew = async () => {
    const token = unused ?? (await ask()).token;
    unused = null;
    return token;
  };
  if (first.phone !== 'twilio') return new SimPhone(renew);
  const { TwilioPhone } = await import('./twilio');
  return new TwilioPhone(renew);
}
