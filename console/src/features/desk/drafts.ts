// Notes that the server has not yet: they survive a reload and a closed tab.
export interface Draft {
  readonly notes: string;
  readonly disposition: string | null;
  readonly resolved: boolean | null;
}

const PREFIX = 'offhook.notes.';
const key = (contact: string) => PREFIX + contact;

/** The contacts of which something is kept. */
export const waiting = (): string[] =>
  Object.keys(localStorage)
    .filter((one) => one.startsWith(PREFIX))
    .map((one) => one.slice(PREFIX.length));

export function kept(contact: string): Draft | null {
  const text = localStorage.getItem(key(contact));
  return text ? (JSON.parse(text) as Draft) : null;
}
export const keep = (contact: string, draft: Draft): void =>
  localStorage.setItem(key(contact), JSON.stringify(draft));
export const forget = (contact: string): void => localStorage.removeItem(key(contact));
