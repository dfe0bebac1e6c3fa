// The server's clock, as far as its Date headers tell it (whole seconds); deadlines are drawn against it.
let ahead = 0;

export const serverNow = (): number => Date.now() + ahead;

/** From the Date header of an answer. */
export function learnClock(date: string | null): void {
  if (!date) return;
  const off = Date.parse(date) + 500 - Date.now();
  if (Math.abs(off) > 1500) ahead = off;
  else ahead = 0;
}
