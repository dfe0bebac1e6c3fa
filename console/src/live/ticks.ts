// Ticks that go on while the tab is in the background, and how long the page slept between two of them.

/** Calls tick each so often until stopped; also while another tab is looked at. */
export function ticking(eachMs: number, tick: () => void): () => void {
  const worker = started();
  if (!worker) {
    const timer = setInterval(tick, eachMs);
    return () => clearInterval(timer);
  }
  worker.onmessage = tick;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  worker.postMessage(eachMs);
  return () => worker.terminate();
}

function started(): Worker | null {
  try {
    return new Worker(new URL('./tick.worker.ts', import.meta.url), { type: 'module' });
  } catch {
    return null; // no workers here: the page's own timers, slower in the background
  }
}

/** Tells how long nothing ran, when that was longer than allowed: the tab was frozen or the machine slept. */
export class Sleep {
  private last: number;
  constructor(
    private readonly allowedMs: number,
    now: number,
  ) {
    this.last = now;
  }

  /** Milliseconds slept through since the last look, 0 = awake. */
  look(now: number): number {
    const gap = now - this.last;
    this.last = now;
    return gap > this.allowedMs ? gap : 0;
  }
}
