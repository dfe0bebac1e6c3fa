// A board for who is signed in, without anything around it; several take turns: ?with=<id>,<id>&each=30.
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useZone } from '@/app/me';
import { Loaded } from '@/app/states';
import { useShortcuts } from '@/app/shortcuts';
import { useBoardNow } from './useBoard';
import { Wall } from './Wall';

const LEAST_S = 5;

export default function FullScreen() {
  const { id = '' } = useParams({ strict: false }) as { readonly id?: string };
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const go = useNavigate();
  const zone = useZone();
  const asked = useBoardNow(id);
  const others = typeof search.with === 'string' ? search.with.split(',').filter(Boolean) : [];
  const each = Math.max(LEAST_S, Number(search.each) || 30);
  const turn = others.join(',');
  useEffect(() => {
    if (!turn) return;
    const [next = '', ...rest] = turn.split(',');
    const timer = setTimeout(
      () =>
        void go({
          to: `/wallboards/${next}/wall`,
          search: { with: [...rest, id].join(','), each },
          replace: true,
        }),
      each * 1000,
    );
    return () => clearTimeout(timer);
  }, [turn, each, id, go]);
  useShortcuts({ Escape: () => void go({ to: `/wallboards/${id}` }) });
  return (
    <main style={{ height: '100vh', overflow: 'auto' }}>
      <Loaded of={{ ...asked, error: asked.data ? null : asked.error }}>
        {() => asked.data && <Wall board={asked.data} failing={asked.error !== null} zone={zone} />}
      </Loaded>
    </main>
  );
}
