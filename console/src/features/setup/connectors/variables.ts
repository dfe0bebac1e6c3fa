const WRITTEN = /\{([A-Za-z_][A-Za-z0-9_]{0,63})\}/g;

interface Asks {
  readonly url: string;
  readonly method: string;
  readonly send: readonly string[];
}

/** What a connector has to know of a call to ask: the variables of its address, and those that it sends. */
export function variablesOf({ url, method, send }: Asks): string[] {
  const written = [...url.matchAll(WRITTEN)].map((one) => one[1] ?? '');
  return [...new Set([...written, ...(method === 'POST' ? send : [])])];
}
