// The typed client of the API and its React Query hooks: `api.useQuery('get', '/v1/routing/queues')`.
import { QueryClient } from '@tanstack/react-query';
import createFetchClient, { type Middleware } from 'openapi-fetch';
import createQueryHooks from 'openapi-react-query';
import { learnClock } from './clock';
import { Problem, problemOf } from './problem';
import type { paths } from './schema';
import { accessToken, renewed, useSession } from './tokens';

const bearer: Middleware = {
  async onRequest({ request, schemaPath }) {
    if (useSession.getState().tokens && !schemaPath.startsWith('/v1/tenants/sessions/refresh')) {
      request.headers.set('Authorization', `Bearer ${await accessToken()}`);
    }
    if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
      request.headers.set('Idempotency-Key', crypto.randomUUID());
    }
    return request;
  },
  async onResponse({ response }) {
    learnClock(response.headers.get('Date'));
    if (response.ok) return response;
    if (response.status === 401 && useSession.getState().tokens) await renewed();
    throw problemOf(
      response.status,
      await response
        .clone()
        .json()
        .catch(() => null),
    );
  },
};

export const client = createFetchClient<paths>({ baseUrl: '' });
client.use(bearer);

export const api = createQueryHooks(client);

export const queries = new QueryClient({
  defaultOptions: { queries: { retry: worthAnother, staleTime: 5_000 } },
});

/** A token may have ended meanwhile; faults of the server or the way there may pass. */
function worthAnother(count: number, error: Error): boolean {
  if (!(error instanceof Problem)) return count < 2;
  return error.status === 401 ? count < 1 : error.status >= 500 && count < 2;
}
