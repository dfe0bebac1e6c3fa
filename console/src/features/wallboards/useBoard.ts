// What a board shows, read again every few seconds; a change of the floor has it read at once.
import { api } from '@/api/client';

const RENEWED_MS = 5_000;

export const useBoardNow = (id: string) =>
  api.useQuery(
    'get',
    '/v1/analytics/boards/{entity_id}/figures',
    { params: { path: { entity_id: id } } },
    { refetchInterval: RENEWED_MS, refetchIntervalInBackground: true },
  );
