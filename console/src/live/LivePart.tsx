// One live channel for all screens; what it tells makes the answers of the API stale.
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { queries } from '@/api/client';
import { accessToken } from '@/api/tokens';
import { Channel, type Told } from './channel';
import { paced } from './paced';

interface Live {
  readonly lost: boolean;
  send(message: object): boolean;
}

const Context = createContext<Live>({ lost: false, send: () => false });
const LOST_AFTER_MS = 3_000;

/** Whether it is lost, and a way to say something on it. */
export const useChannel = (): Live => useContext(Context);

export function LivePart({ children }: { readonly children: ReactNode }) {
  const channel = useRef<Channel | null>(null);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    let timer = 0;
    let missed = false;
    const connected = (on: boolean) => {
      clearTimeout(timer);
      if (on) setLost(false);
      else timer = window.setTimeout(() => setLost(true), LOST_AFTER_MS);
      if (!on) missed = true;
    };
    const readAgain = () => {
      if (missed) void readAllAgain();
      else stale(null);
      missed = false;
    };
    const made = new Channel({ token: accessToken, hear: stale, readAgain, connected });
    channel.current = made;
    return () => {
      clearTimeout(timer);
      made.close();
    };
  }, []);
  const live = useMemo(
    () => ({ lost, send: (message: object) => channel.current?.send(message) ?? false }),
    [lost],
  );
  return <Context value={live}>{children}</Context>;
}

/** Which answers a kind of message makes stale; a gap makes all of them so. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  agent: ['/v1/routing/agents/me', '/v1/analytics/floor'],
  contact: [
    '/v1/routing/agents/me',
    '/v1/routing/contacts/{contact_id}/recording',
    '/v1/analytics/contacts/open',
    '/v1/routing/callbacks',
    '/v1/routing/voicemails',
  ],
  floor: ['/v1/analytics/floor', '/v1/analytics/boards/{entity_id}/figures', '/v1/routing/targets'],
};
const ALL = [...new Set(Object.values(ABOUT).flat())];

/** What is dear to compute has its own time. */
const readAgain = paced(
  (path) => void queries.invalidateQueries({ queryKey: ['get', path], predicate: ({ meta }) => !meta?.dear }),
);

/** The way to the server was lost: whatever the screen shows may be old, also what no message tells of. */
const readAllAgain = () => queries.invalidateQueries({ predicate: ({ meta }) => !meta?.dear });

function stale(message: Told | null): void {
  const paths = message ? (ABOUT[message.type] ?? []) : ALL;
  for (const path of paths) readAgain(path);
}
