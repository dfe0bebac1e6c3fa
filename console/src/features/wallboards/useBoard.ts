// What a board shows, read again every few seconds; a change of the floor has it read at once.
import { useEffect } from 'react';
import { api } from '@/api/client';

const RENEWED_MS = 5_000;
export const TRENDS_MS = 300_000;

/** Figures come at once; trends are computed beside them, now and every five minutes. */
export function useBoardNow(id: string) {
  const path = { entity_id: id };
  const { dataUpdatedAt } = api.useQuery(
    'get',
    '/v1/analytics/boards/{entity_id}/figures',
    { params: { path, query: { trends: 'new' } } },
    {
      refetchInterval: TRENDS_MS,
      refetchIntervalInBackground: true,
      staleTime: TRENDS_MS,
      retry: false,
      meta: { dear: true },
    },
  );
  const asked = useFigures(id);
  const { refetch } = asked;
  useEffect(() => {
    if (dataUpdatedAt) void refetch();
  }, [dataUpdatedAt, refetch]);
  return asked;
}

const useFigures = (id: string) =>
  api.useQuery(
    'get',
    '/v1/analytics/boards/{entity_id}/figures',
    { params: { path: { entity_id: id } } },
    { refetchInterval: RENEWED_MS, refetchIntervalInBackground: true },
  );
