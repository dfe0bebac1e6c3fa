// A board on a television: nobody is signed in, the link's secret is what follows # in the address.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { learnClock } from '@/api/clock';
import { Problem, problemOf } from '@/api/problem';
import { LoadFailed } from '@/app/states';
import { TRENDS_MS } from './useBoard';
import { Wall, type BoardNow } from './Wall';

const RENEWED_MS = 5_000;

async function read(secret: string, query = ''): Promise<BoardNow> {
  const answer = await fetch(`/v1/analytics/tv${query}`, { headers: { Authorization: `Bearer ${secret}` } });
  learnClock(answer.headers.get('Date')); // televisions have clocks of their own
  const said: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw problemOf(answer.status, said);
  return said as BoardNow;
}

const isOver = (error: unknown): boolean => error instanceof Problem && [401, 404].includes(error.status);

export default function Tv() {
  const { t } = useTranslation('wallboards');
  const secret = location.hash.slice(1);
  useQuery({
    queryKey: ['tv trends', secret],
    queryFn: () => read(secret, '?trends=new'),
    retry: false,
    refetchInterval: ({ state }) => (isOver(state.error) ? false : TRENDS_MS),
    refetchIntervalInBackground: true,
  });
  const { data, error } = useQuery({
    queryKey: ['tv', secret],
    queryFn: () => read(secret),
    retry: false,
    refetchInterval: ({ state }) => (isOver(state.error) ? false : RENEWED_MS),
    refetchIntervalInBackground: true,
  });
  if (isOver(error)) return <LoadFailed error={error} />;
  if (!data) return error ? <LoadFailed error={error} /> : <p style={{ padding: 24 }}>{t('opening')}</p>;
  return (
    <div style={{ height: '100vh', overflow: 'auto' }}>
      <Wall board={data} failing={error !== null} />
    </div>
  );
}
