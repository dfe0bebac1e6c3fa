// Requests of who is not signed in: no session of this tab goes with them.
import { problemOf } from '@/api/problem';

interface Given {
  readonly body?: object;
  /** The secret of a mailed link. */
  readonly secret?: string;
}

/** What the API answers; throws Problem. */
export async function ask<T>(method: string, path: string, { body, secret }: Given = {}): Promise<T> {
  const answer = await fetch(path, {
    method,
    headers: {
      ...(body && { 'Content-Type': 'application/json' }),
      ...(secret && { Authorization: `Bearer ${secret}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const said: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw problemOf(answer.status, said);
  return said as T;
}
