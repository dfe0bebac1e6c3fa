// Storing a setting over the version that was read.
import { queries } from '@/api/client';

export const over = (version: number) => ({ header: { 'If-Match': `"${version}"` } });

/** It is read again in any case: whoever was refused because of somebody else's change sees that change. */
export async function thenRead(path: string, attempt: Promise<unknown>): Promise<void> {
  await attempt.finally(() => queries.invalidateQueries({ queryKey: ['get', path] }));
}
