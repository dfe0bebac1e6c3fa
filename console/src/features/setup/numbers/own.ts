// The numbers of the business: asked for, asked for again, and as other forms offer them.
import { api, queries } from '@/api/client';
import { useMay, type Schemas } from '@/app/me';

export type Owned = Schemas['NumberView'];
export type Line = Schemas['LineView'];
export const NUMBERS = '/v1/ivr/numbers';

export const again = () => queries.invalidateQueries({ queryKey: ['get', NUMBERS] });

/** Calls of other carriers can be forwarded to it. */
export const takesForwarded = ({ line }: Owned): boolean => line?.state === 'active' && line.origin !== 'forwarded';

const option = ({ id, name }: Owned) => ({ value: id, label: name ? `${id} · ${name}` : id });

/** To choose from; none where the person may not see them. */
export function useOwnNumbers(which: (one: Owned) => boolean = () => true) {
  const may = useMay()('numbers.read');
  const { data } = api.useQuery('get', NUMBERS, undefined, { enabled: may });
  return (data?.data ?? []).filter(which).map(option);
}
