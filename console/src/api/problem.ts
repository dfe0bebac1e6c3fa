// What the API says when it refuses: problem+json with a stable code and the rules that were broken.
export interface Fault {
  /** Its place in what was sent, as a JSON path; none: the rule is about no field. */
  readonly field?: string;
  readonly code?: string;
  /** The values that its sentence names. */
  readonly params?: Readonly<Record<string, unknown>>;
  readonly detail?: string;
}

export interface FieldProblem extends Fault {
  readonly field: string;
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    /** All of them; those about a field are its fields. */
    readonly faults: readonly Fault[] = [],
  ) {
    super(detail);
  }

  get fields(): readonly FieldProblem[] {
    return this.faults.filter((one): one is FieldProblem => one.field !== undefined);
  }
}

/** A problem from any answer, also one that is no problem+json. */
export function problemOf(status: number, body: unknown): Problem {
  const said = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const faults = Array.isArray(said.errors) ? (said.errors as Fault[]) : [];
  const one = typeof said.field === 'string' ? [{ field: said.field, detail: text(said.detail) }] : [];
  return new Problem(
    status,
    text(said.code) || `http_${status}`,
    text(said.detail) || text(said.title),
    faults.length ? faults : one,
  );
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
