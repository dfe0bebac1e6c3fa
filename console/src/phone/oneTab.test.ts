import { expect, it, vi } from 'vitest';
import { holdPhone } from './oneTab';

/** Web Locks of one origin, as far as tabs need them. */
class FakeLocks {
  private holder: { stolen(error: Error): void } | null = null;

  request(_name: string, options: LockOptions, act: (lock: Lock | null) => unknown): Promise<unknown> {
    if (this.holder && !options.steal) return Promise.resolve(act(null));
    this.holder?.stolen(new DOMException('stolen', 'AbortError'));
    return new Promise((done, failed) => {
      const holder = { stolen: failed };
      this.holder = holder;
      const kept = act({ name: _name, mode: 'exclusive' } as Lock) as Promise<void>;
      void kept.then(() => {
        if (this.holder === holder) this.holder = null;
        done(undefined);
      });
    });
  }
}

const tab = (locks: FakeLocks, steal = false) => {
  const lost = vi.fn();
  return holdPhone('phone', { steal, lost, locks: locks as unknown as LockManager }).then((hold) => ({
    ...hold,
    lost,
  }));
};

it('gives the phone to the first tab and says to the second where it is', async () => {
  const locks = new FakeLocks();
  expect([(await tab(locks)).held, (await tab(locks)).held]).toEqual(['held', 'elsewhere']);
});

it('moves it to the tab that asks for it, and tells the other', async () => {
  const locks = new FakeLocks();
  const first = await tab(locks);
  const second = await tab(locks, true);
  await Promise.resolve();
  expect([second.held, first.lost.mock.calls.length, second.lost.mock.calls.length]).toEqual(['held', 1, 0]);
});

it('is free again after it was let go, and that is no loss', async () => {
  const locks = new FakeLocks();
  const first = await tab(locks);
  first.release();
  await Promise.resolve();
  expect([(await tab(locks)).held, first.lost.mock.calls.length]).toEqual(['held', 0]);
});
