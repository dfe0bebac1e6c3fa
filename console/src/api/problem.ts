// What the API says when it refuses: problem+json with a stable code and the fields at fault.
export interface FieldProblem {
  readonly field: string;
  readonly code?: string;
  readonly detail?: string;
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly fields: readonly FieldProblem[] = [],
  ) {
    super(detail);
  }
}

/** A problem from any answer, also one that is no problem+json. */
export function problemOf(status: number, body: unknown): Problem {
  const said = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const fields = Array.isArray(said.errors) ? (said.errors as FieldProblem[]) : [];
  const one = typeof said.field === 'string' ? [{ field: said.field, detail: text(said.detail) }] : [];
  return new Problem(
    status,
    text(said.code) || `http_${status}`,
    text(said.detail) || text(said.title),
    fields.length ? fields : one,
  );
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
