// Held while its agent is on shift: a page that holds a lock is not put to sleep by the browser.
type Locks = Pick<LockManager, 'request'>;

/** Holds it, with other tabs, until let go. */
export function holdShift(locks = navigator.locks as Locks | undefined): () => void {
  const over = new AbortController();
  let release = () => over.abort();
  void locks
    ?.request('offhook.shift', { mode: 'shared', signal: over.signal }, () => {
      return new Promise<void>((done) => (release = done));
    })
    .catch(() => {});
  return () => release();
}
