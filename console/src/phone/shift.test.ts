import { expect, it, vi } from 'vitest';
import { holdShift } from './shift';

/** Grants at once or never; says which locks are held. */
function locksThat(grant: boolean) {
  const held: string[] = [];
  const request = async (name: string, options: LockOptions, run: () => Promise<void>) => {
    held.push(`${options.mode} ${name}`);
    const refused = new Promise((_, no) =>
      options.signal?.addEventListener('abort', () => no(new Error('over'))),
    );
    await (grant ? run() : refused).finally(() => held.pop());
  };
  return { held, locks: { request } as unknown as LockManager };
}

it.each([true, false])('is held until the shift is over, granted: %s', async (grant) => {
  const { held, locks } = locksThat(grant);
  const over = holdShift(locks);
  expect(held).toEqual(['shared offhook.shift']);
  over();
  await vi.waitFor(() => expect(held).toEqual([]));
});

it('does without where the browser has no locks', () => {
  expect(holdShift(undefined)).not.toThrow();
});
