// The desk as the server has it: presence and the contact under work; heartbeats while working.
import { useEffect } from 'react';
import { api, client, queries } from '@/api/client';
import { Problem } from '@/api/problem';
import type { Schemas } from '@/app/me';
import { useChannel } from '@/live/LivePart';

export type Desk = Schemas['Desk'];
export type Work = NonNullable<Desk['work']>;
const BEAT_MS = 12_000;
const SHOULD_EVERY_HINT_BE_LOST_MS = 15_000;
const ME = '/v1/routing/agents/me';

/** null: has never signed in as an agent. */
export function useDesk(): Desk | null {
  const { data, error } = api.useQuery('get', ME, {}, { refetchInterval: SHOULD_EVERY_HINT_BE_LOST_MS });
  return error && (error as unknown) instanceof Problem ? null : ((data as Desk | undefined) ?? null);
}

/** Tells the server again and again that this device is there, while its agent works. */
export function useHeartbeat(desk: Desk | null): void {
  const { send } = useChannel();
  const session = desk && desk.agent.state !== 'offline' ? desk.agent.session_id : null;
  useEffect(() => {
    if (!session) return;
    const beat = () => {
      const body = { session_id: session };
      if (!send({ action: 'heartbeat', ...body }))
        void client.POST(`${ME}/heartbeat`, { body }).catch(() => {});
    };
    beat();
    const timer = setInterval(beat, BEAT_MS);
    return () => clearInterval(timer);
  }, [session, send]);
}

export const lookAgain = (): Promise<void> => queries.invalidateQueries({ queryKey: ['get', ME] });
