// A list of work that others change, too: read again when something is done, and now and then.
import { useState } from 'react';
import { queries } from '@/api/client';
import { useTell } from '@/app/problems';

export const RENEWED_MS = 10_000;

/** Does one thing with one entry, tells refusals, reads the lists again. busy: the entry it waits for. */
export function useDo() {
  const tell = useTell();
  const [busy, setBusy] = useState('');
  async function act(id: string, asked: () => Promise<unknown>): Promise<void> {
    setBusy(id);
    await asked().catch(tell);
    await Promise.all(
      ['/v1/routing/callbacks', '/v1/routing/voicemails', '/v1/routing/agents/me'].map((path) =>
        queries.invalidateQueries({ queryKey: ['get', path] }),
      ),
    );
    setBusy('');
  }
  return { busy, act };
}
