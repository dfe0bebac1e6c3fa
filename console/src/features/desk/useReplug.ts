// After a reload the phone is plugged in again by itself, unless another tab has it; unplugged when work is over.
import { useEffect, useRef } from 'react';
import { usePhone } from '@/phone/PhonePart';
import type { Desk } from './useDesk';

export function useReplug(desk: Desk | null): void {
  const { state, call, plugIn, unplug } = usePhone();
  const rang = useRef(false);
  const rings = desk !== null && desk.agent.state !== 'offline' && desk.agent.endpoint.kind === 'browser';
  const known = desk !== null;
  useEffect(() => {
    if (rings && state === 'off') void plugIn().catch(() => {});
    if (known && !rings && (state === 'lost' || (rang.current && !call))) unplug();
    rang.current = rings || (rang.current && call !== null); // a call that goes on is waited for
  }, [rings, known, state, call, plugIn, unplug]);
}
