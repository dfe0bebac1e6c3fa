// Who is signed in and what they may do.
import { api } from '@/api/client';
import type { components } from '@/api/schema';
import { useSession } from '@/api/tokens';

export type Schemas = components['schemas'];
export type Me = Schemas['Me'];

export function useMe() {
  const signedIn = useSession((session) => session.tokens !== null);
  const { data, ...rest } = api.useQuery(
    'get',
    '/v1/tenants/me',
    {},
    { enabled: signedIn, staleTime: 60_000 },
  );
  return { ...rest, me: data };
}

/** Whether the person may: `may('flows.write')`. */
export function useMay(): (permission: string) => boolean {
  const { me } = useMe();
  return (permission) => me?.permissions.includes(permission) ?? false;
}

/** The tenant's time zone, in which every time is shown. */
export const useZone = (): string => useMe().me?.tenant.time_zone ?? 'UTC';
