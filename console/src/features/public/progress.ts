// How far a sign-up is, as a person counts: several steps of the server are one stage.
export interface Progress {
  readonly id: string;
  readonly status: 'waiting_for_verification' | 'setting_up' | 'failed' | 'ready';
  readonly company: string;
  readonly email: string;
  readonly steps: readonly { readonly name: string; readonly done: boolean }[];
  readonly failure: string;
}

const STAGES = {
  account: ['list', 'owner'],
  line: ['account', 'api_key', 'application'],
  content: ['content'],
  number: ['number'],
  opening: ['usage_trigger', 'open', 'welcome'],
} as const;

export interface Stage {
  readonly name: keyof typeof STAGES;
  readonly state: 'done' | 'now' | 'later' | 'failed';
}

export function stagesOf({ status, steps }: Pick<Progress, 'status' | 'steps'>): Stage[] {
  const done = new Set(steps.filter((one) => one.done).map((one) => one.name));
  const names = Object.keys(STAGES) as (keyof typeof STAGES)[];
  const isDone = (name: keyof typeof STAGES) => STAGES[name].every((step) => done.has(step));
  const first = names.find((name) => !isDone(name));
  return names.map((name) => ({
    name,
    state: isDone(name) ? 'done' : name !== first ? 'later' : status === 'failed' ? 'failed' : 'now',
  }));
}

/** What the mailed link says behind its #: <id>/<secret>; null: this is no such link. */
export function linkOf(hash: string): { readonly id: string; readonly secret: string } | null {
  const found = /^#?(join_[0-9a-z]{20})\/([^/\s]{8,})$/.exec(hash);
  return found ? { id: found[1] as string, secret: found[2] as string } : null;
}
