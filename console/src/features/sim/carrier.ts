// The simulated telephone network's controls: there on a laptop, nowhere else.
export interface Demo {
  readonly number?: string;
  readonly caller?: string;
}
export interface Heard {
  readonly text: string;
  readonly at?: number;
}
interface Transcript {
  readonly entries: readonly unknown[];
  readonly next: number;
  readonly over: boolean;
}

async function send<T>(method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(path, {
    method,
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  const text = await answer.text();
  return (text ? JSON.parse(text) : null) as T;
}

export const demo = (): Promise<Demo> => send<Demo>('GET', '/_local/demo').catch(() => ({}));
export const call = async (from: string, to: string, script: string): Promise<string> =>
  (await send<{ sid: string }>('POST', '/_carrier/calls', { from, to, ...(script && { script }) })).sid;
export const press = (sid: string, digits: string): Promise<unknown> =>
  send('POST', `/_carrier/calls/${sid}/press`, { digits });
export const say = (sid: string, words: string): Promise<unknown> =>
  send('POST', `/_carrier/calls/${sid}/say`, { words });
export const hangUp = (sid: string): Promise<unknown> => send('POST', `/_carrier/calls/${sid}/hang_up`, {});

/** Tells each step of the call as it happens, until it is over or nobody listens any more. */
export async function follow(
  sid: string,
  tell: (lines: readonly string[], over: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let since = 0; !signal.aborted;) {
    const got = await send<Transcript>('GET', `/_carrier/calls/${sid}/transcript?since=${since}&wait=15`);
    if (signal.aborted) return;
    tell(got.entries.map(line), got.over);
    if (got.over) return;
    since = got.next;
  }
}

const line = (entry: unknown): string =>
  typeof entry === 'string'
    ? entry
    : String(
        (entry as { text?: string; what?: string }).text ??
          (entry as { what?: string }).what ??
          JSON.stringify(entry),
      );
