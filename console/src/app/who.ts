// Who acted, by name where they are still of the tenant and their names may be read.
import { api } from '@/api/client';
import { useMay, type Schemas } from './me';

/** Everybody of the tenant; none for who may not read them. */
export function useMembers(): readonly Schemas['Person'][] {
  const asked = api.useQuery('get', '/v1/tenants/people', {}, { enabled: useMay()('people.read') });
  return asked.data?.data ?? [];
}

/** id: of a user; what is none that is known stays as it is. */
export function useWho(): (id: string) => string {
  const people = useMembers();
  return (id) => people.find((one) => one.user_id === id)?.name || id;
}
