// Notes of contacts that ended while the server was out of reach: stored when the desk is there again.
import { useEffect } from 'react';
import { client } from '@/api/client';
import { forget, kept, waiting } from './drafts';

/** present: the contact that is on the desk, whose notes have their own way. */
export function useLeftNotes(present: string | undefined, reachable: boolean): void {
  useEffect(() => {
    if (!reachable) return;
    for (const contact of waiting()) if (contact !== present) void stored(contact);
  }, [present, reachable]);
}

/** What the server will not have stays in the browser: it is somebody's text. */
async function stored(contact: string): Promise<void> {
  const body = kept(contact);
  if (!body) return;
  const path = { contact_id: contact };
  await client.PATCH('/v1/routing/contacts/{contact_id}/notes', { params: { path }, body }).then(
    () => forget(contact),
    () => undefined,
  );
}
