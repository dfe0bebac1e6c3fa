// One phone for a person, however many tabs: the tab that holds the lock has it, another may take it over.
export type Held = 'held' | 'elsewhere';

const nothing = () => {};

export interface Hold {
  readonly held: Held;
  /** Lets it go. */
  release(): void;
}

type Locks = Pick<LockManager, 'request'>;

/** Holds the lock until released. steal: whoever has it loses it; lost: somebody else took it over. */
export function holdPhone(
  name: string,
  { steal = false, lost, locks = navigator.locks as Locks | undefined }: HoldAsked,
): Promise<Hold> {
  if (!locks) return Promise.resolve({ held: 'held', release() {} });
  return new Promise((settled) => {
    let release = nothing;
    let mine = false;
    const options = steal ? { steal } : { ifAvailable: true };
    locks
      .request(name, options, (lock) => {
        if (lock === null) return settled({ held: 'elsewhere', release() {} });
        mine = true;
        const kept = new Promise<void>((done) => (release = done));
        settled({ held: 'held', release: () => ((mine = false), release()) });
        return kept;
      })
      .catch(() => mine && lost());
  });
}

interface HoldAsked {
  readonly steal?: boolean;
  readonly lost: () => void;
  readonly locks?: Locks | undefined;
}
