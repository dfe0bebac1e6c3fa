// What the caller's end of the line tells, in the reader's language.
const KNOWN = [
  [/^dialled (.+)$/s, 'dialled'],
  [/^answered$/s, 'answered'],
  [/^heard: (.+)$/s, 'heard'],
  [/^pressed (.+)$/s, 'pressed'],
  [/^said: (.+)$/s, 'said'],
  [/^waiting in queue /s, 'queued'],
  [/^joined conference /s, 'joined'],
  [/^left conference /s, 'left'],
  [/^call over/s, 'over'],
] as const;

export interface Told {
  readonly kind: (typeof KNOWN)[number][1];
  readonly words: string;
}

/** null: nothing that a newcomer needs to know. */
export function told(line: string): Told | null {
  for (const [pattern, kind] of KNOWN) {
    const found = pattern.exec(line);
    if (found) return { kind, words: found[1] ?? '' };
  }
  return null;
}
