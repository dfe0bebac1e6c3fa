// The notes under work: what is typed is kept at once, stored soon, and tried again until the server has it or refuses it.
import { useEffect, useRef, useState } from 'react';
import { client } from '@/api/client';
import { serverNow } from '@/api/clock';
import { Problem } from '@/api/problem';
import { useTell } from '@/app/problems';
import { forget, keep, kept, type Draft } from './drafts';
import type { Work } from './useDesk';

const STORED_AFTER_MS = 800;
const AGAIN_MS = 3000;
const LAST_MOMENT_MS = 2000; // after the wrap-up has ended by itself the server takes notes, but no outcome

type Stored = 'saved' | 'saving' | 'kept';
type Noted = Pick<Work, 'contact_id' | 'notes' | 'disposition' | 'resolved' | 'wrap_up_until'>;

/** Whether another try could bring it there: not when the server has understood it and will not have it. */
export const isWorthAnother = (error: unknown): boolean =>
  !(error instanceof Problem) || error.status >= 500 || error.status === 429;

export function useDraft(work: Noted) {
  const tell = useTell();
  const [draft, setDraft] = useState<Draft>(
    () =>
      kept(work.contact_id) ?? { notes: work.notes, disposition: work.disposition, resolved: work.resolved },
  );
  const [state, setState] = useState<Stored>(kept(work.contact_id) ? 'kept' : 'saved');
  const latest = useRef(draft);
  const timer = useRef(0);
  const shown = useRef(true);
  const again = (ms: number) => {
    clearTimeout(timer.current);
    if (shown.current) timer.current = window.setTimeout(() => void store(), ms);
  };
  async function store(): Promise<boolean> {
    clearTimeout(timer.current);
    const sent = latest.current;
    setState('saving');
    try {
      await client.PATCH('/v1/routing/contacts/{contact_id}/notes', {
        params: { path: { contact_id: work.contact_id } },
        body: sent,
      });
    } catch (error) {
      setState('kept');
      if (isWorthAnother(error)) again(AGAIN_MS);
      else tell(error);
      return false;
    }
    if (sent === latest.current) {
      forget(work.contact_id);
      setState('saved');
    }
    return true;
  }
  function change(part: Partial<Draft>) {
    const next = { ...latest.current, ...part };
    latest.current = next;
    setDraft(next);
    setState('kept');
    keep(work.contact_id, next);
    const left = (work.wrap_up_until ?? Infinity) - serverNow() - LAST_MOMENT_MS;
    again(Math.min(STORED_AFTER_MS, Math.max(0, left)));
  }
  const storing = useRef(store);
  useEffect(() => {
    storing.current = store;
  });
  useEffect(() => {
    shown.current = true;
    if (kept(work.contact_id)) void storing.current(); // typed before a reload, or before another screen was looked at
    return () => {
      shown.current = false;
      clearTimeout(timer.current);
      if (kept(work.contact_id)) void storing.current();
    };
  }, [work.contact_id]);
  return { draft, change, store, state };
}
