// The opening hours that the first run is about: the tenant's first calendar.
import { useQuery } from '@tanstack/react-query';
import { client } from '@/api/client';
import type { Schemas } from '@/app/me';
import { useThings } from '@/lib/things';
import type { Openness } from './estimate';

export type Calendar = Schemas['Calendar'];
type Opening = Schemas['Opening'];

export function useHours() {
  const asked = useThings<Calendar>('/v1/ivr/calendars');
  return { ...asked, calendar: asked.data?.find((one) => one.id === 'office') ?? asked.data?.[0] };
}

/** Whether it is open at this moment; undefined: not known yet. */
export function useOpenNow(calendar: Calendar | undefined): boolean | undefined {
  const { data } = useQuery({
    queryKey: ['open-now', calendar?.id, calendar?.version],
    enabled: calendar !== undefined,
    refetchInterval: 30_000,
    queryFn: async () => {
      const params = { path: { calendar_id: calendar?.id ?? '' } };
      return (await client.GET('/v1/ivr/calendars/{calendar_id}/status', { params })).data as {
        status: string;
      };
    },
  });
  return data && data.status === 'open';
}

const minutes = (clock: string): number => {
  const [hours = 0, rest = 0] = clock.split(':').map(Number);
  return hours * 60 + rest;
};

const spans = ({ start, end }: Opening): number => {
  const length = minutes(end) - minutes(start);
  return length > 0 ? length : length + 24 * 60;
};

/** On how many days a week, and how long on each. */
export function openness(weekly: readonly (readonly Opening[])[]): Openness {
  const open = weekly.filter((day) => day.length > 0);
  const total = open.flat().reduce((sum, one) => sum + spans(one), 0);
  return { days: open.length, hoursADay: open.length ? total / open.length / 60 : 0 };
}
