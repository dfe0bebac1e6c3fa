// One thing done with the floor: refusals are told, the floor is read again.
import { useState } from 'react';
import { queries } from '@/api/client';
import { useTell } from '@/app/problems';

export function useFloorDo() {
  const tell = useTell();
  const [busy, setBusy] = useState(false);
  async function act(asked: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    await asked().catch(tell);
    setBusy(false);
    for (const path of ['/v1/analytics/floor', '/v1/routing/queues', '/v1/analytics/contacts/open'])
      void queries.invalidateQueries({ queryKey: ['get', path] });
  }
  return { busy, act };
}
