// The desk as the server has it: presence and the contact under work; heartbeats while working.
import { useEffect, useRef } from 'react';
import { api, client, queries } from '@/api/client';
import { Problem } from '@/api/problem';
import { useMay, type Schemas } from '@/app/me';
import { useChannel } from '@/live/LivePart';
import { ticking } from '@/live/ticks';
import { usePhone } from '@/phone/PhonePart';
import { saysItIsThere } from '@/phone/reach';
import { holdShift } from '@/phone/shift';

export type Desk = Schemas['Desk'];
export type Work = NonNullable<Desk['work']>;
const BEAT_MS = 11_000;
const SHOULD_EVERY_HINT_BE_LOST_MS = 15_000;
const ME = '/v1/routing/agents/me';

/** null: has never signed in as an agent, or takes no calls. */
export function useDesk(): Desk | null {
  const may = useMay();
  const { data, error } = api.useQuery(
    'get',
    ME,
    {},
    { refetchInterval: SHOULD_EVERY_HINT_BE_LOST_MS, enabled: may('calls.take') },
  );
  return hasNone(error) ? null : (data ?? null);
}

/** Whether the server says that there is no desk; a busy or broken server takes nobody's desk away. */
export const hasNone = (error: unknown): boolean =>
  error instanceof Problem && (error.status === 403 || error.status === 404);

/** Tells the server again and again that this device is there, while its agent works and it could ring here. */
export function useHeartbeat(desk: Desk | null): void {
  const { send } = useChannel();
  const phone = usePhone();
  const session = desk && desk.agent.state !== 'offline' ? desk.agent.session_id : null;
  const reach = {
    endpoint: desk?.agent.endpoint.kind ?? '',
    phone: phone.state,
    talks: phone.call?.phase === 'live' || phone.call?.phase === 'reconnecting',
  };
  const there = saysItIsThere(reach);
  const latest = useRef(there);
  useEffect(() => {
    latest.current = there;
  });
  useEffect(() => {
    if (!session || !there) return;
    const beat = () => {
      if (!latest.current) return;
      const body = { session_id: session };
      if (!send({ action: 'heartbeat', ...body }))
        void client.POST(`${ME}/heartbeat`, { body }).catch(() => {});
    };
    beat();
    const stops = [ticking(BEAT_MS, beat), holdShift()];
    return () => stops.forEach((stop) => stop());
  }, [session, send, there]);
}

export const lookAgain = (): Promise<void> => queries.invalidateQueries({ queryKey: ['get', ME] });

/** Whether the customer and the agent hear each other: not while it rings, and not any more afterwards. */
export const talks = (work: Work): boolean => work.talk_at !== null && work.talk_ended_at === null;
