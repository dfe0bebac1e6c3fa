// Configured things: listed, made, changed under their version, deleted. The same five routes for each kind.
import { useQuery } from '@tanstack/react-query';
import { client, queries } from '@/api/client';

/** What every configured thing has beside its own fields. */
export interface Thing {
  readonly id: string;
  readonly version: number;
}

export type ThingsPath =
  | '/v1/routing/queues'
  | '/v1/routing/profiles'
  | '/v1/routing/people'
  | '/v1/routing/retention-classes'
  | '/v1/tenants/teams'
  | '/v1/tenants/permission-sets'
  | '/v1/ivr/calendars'
  | '/v1/ivr/prompts'
  | '/v1/ivr/incidents'
  | '/v1/ivr/numbers/port-ins'
  | '/v1/surveys'
  | '/v1/integrations/connectors'
  | '/v1/integrations/webhooks';

// The kinds have the same routes, which the types of the document cannot say.
type Ask = (method: string, path: string, init?: object) => Promise<{ data?: unknown }>;
const ask = client.request as unknown as Ask;

export function useThings<T extends Thing>(path: ThingsPath, enabled = true) {
  return useQuery({
    queryKey: ['get', path],
    enabled,
    queryFn: async () => ((await ask('get', path)).data as { data: T[] }).data,
  });
}

/** One as it is now. */
export const read = async <T extends Thing>(path: ThingsPath, id: string): Promise<T> =>
  (await ask('get', `${path}/${encodeURIComponent(id)}`)).data as T;

const again = (path: ThingsPath) => queries.invalidateQueries({ queryKey: ['get', path] });

/** Makes it, or changes it if nobody else did since it was read; throws Problem. */
export async function store<T extends Thing>(path: ThingsPath, thing: Partial<T>): Promise<void> {
  const { id, version, ...body } = thing as Partial<Thing> & Record<string, unknown>;
  if (id === undefined) await ask('post', path, { body });
  else
    await ask('put', `${path}/${encodeURIComponent(id)}`, { body, headers: { 'If-Match': `"${version}"` } });
  await again(path);
}

export async function remove(path: ThingsPath, id: string): Promise<void> {
  await ask('delete', `${path}/${encodeURIComponent(id)}`);
  await again(path);
}
