// Whether this page may say that its agent can be reached: only a page whose phone could ring does.
import type { PhoneState } from './adapter';

export interface Reach {
  readonly endpoint: string;
  readonly phone: PhoneState;
  readonly talks: boolean;
}

/** A telephone or SIP device rings without the page; the browser's phone must be plugged in here, and connected. */
export function saysItIsThere({ endpoint, phone, talks }: Reach): boolean {
  return endpoint !== 'browser' || talks || phone === 'ready' || phone === 'registering';
}

/** What the page tells of an offer that came to nothing, by how it ended; null: nothing. */
export function missedAs(cameBy: string, reason: string): Missed | null {
  if (cameBy === 'no_answer') return 'missed';
  if (cameBy === 'declined') return 'declined';
  if (cameBy === 'caller_gone') return 'callerGone';
  if (cameBy === 'busy' || cameBy === 'unreachable') return 'deviceUnreachable';
  if (cameBy === 'device_lost' || reason === 'device_lost' || reason === 'heartbeat_lost')
    return 'deviceLost';
  return null;
}

export type Missed = 'missed' | 'declined' | 'callerGone' | 'deviceUnreachable' | 'deviceLost';
