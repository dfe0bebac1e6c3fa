// Who is signed in and what they may do.
import { api } from '@/api/client';
import type { components } from '@/api/schema';
import { useSession } from '@/api/tokens';

export interface Me {
  readonly user_id: string;
  readonly agent_id: string | null;
  readonly role: string;
  readonly permissions: readonly string[];
  readonly withheld: string;
  readonly tenant: {
    readonly id: string;
    readonly name: string;
    readonly time_zone: string;
    readonly language: string;
    readonly status: string;
    readonly plan: string;
  };
}

export type Schemas = components['schemas'];

export function useMe() {
  const signedIn = useSession((session) => session.tokens !== null);
  const { data, ...rest } = api.useQuery(
    'get',
    '/v1/tenants/me',
    {},
    { enabled: signedIn, staleTime: 60_000 },
  );
  return { ...rest, me: data as Me | undefined };
}

/** Whether the person may: `may('flows.write')`. */
export function useMay(): (permission: string) => boolean {
  const { me } = useMe();
  return (permission) => me?.permissions.includes(permission) ?? false;
}

/** The tenant's time zone, in which every time is shown. */
export const useZone = (): string => useMe().me?.tenant.time_zone ?? 'UTC';
