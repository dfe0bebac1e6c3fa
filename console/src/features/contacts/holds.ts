// The contacts that must be kept, for who may put them on hold.
import { api, queries } from '@/api/client';
import { useMay, type Schemas } from '@/app/me';

export const HOLDS = '/v1/routing/legal-holds';
export type Hold = Schemas['LegalHold'];

export const useMayHold = (): boolean => useMay()('recordings.delete');

/** All of them. */
export function useHolds() {
  return api.useQuery('get', HOLDS, {}, { enabled: useMayHold() });
}

/** After one was put on or lifted. */
export const holdsAgain = () =>
  Promise.all([
    queries.invalidateQueries({ queryKey: ['get', HOLDS] }),
    queries.invalidateQueries({ queryKey: ['recordings'] }),
  ]);
