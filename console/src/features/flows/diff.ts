// What differs between two documents of a flow, step by step; where steps are drawn does not count.
import type { FlowDocument, FlowNode } from './document';

export interface FieldChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}
export interface StepChange {
  /** null: of the flow itself. */
  readonly id: string | null;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly type: string;
  readonly fields: readonly FieldChange[];
}

const DRAWN = new Set(['position', 'note']);

export function difference(before: FlowDocument, after: FlowDocument): readonly StepChange[] {
  const ids = [...new Set([...Object.keys(before.nodes ?? {}), ...Object.keys(after.nodes ?? {})])].sort();
  const steps = ids.flatMap((id): StepChange[] => {
    const [was, is] = [before.nodes?.[id], after.nodes?.[id]];
    if (!was && is) return [{ id, kind: 'added', type: is.type, fields: [] }];
    if (was && !is) return [{ id, kind: 'removed', type: was.type, fields: [] }];
    const fields = changes(was as FlowNode, is as FlowNode);
    return fields.length ? [{ id, kind: 'changed', type: (is as FlowNode).type, fields }] : [];
  });
  const frame = changes({ ...before, nodes: null }, { ...after, nodes: null });
  return frame.length ? [{ id: null, kind: 'changed', type: '', fields: frame }, ...steps] : steps;
}

function changes(before: object, after: object): readonly FieldChange[] {
  const [was, is] = [new Map(leaves(before)), new Map(leaves(after))];
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort()
    .filter((path) => was.get(path) !== is.get(path))
    .map((path) => ({ path, before: was.get(path) ?? '', after: is.get(path) ?? '' }));
}

function leaves(value: unknown, at = ''): [string, string][] {
  if (typeof value !== 'object' || value === null) return value == null ? [] : [[at, String(value)]];
  return Object.entries(value).flatMap(([key, inside]) =>
    !at && DRAWN.has(key) ? [] : leaves(inside, at ? `${at}.${key}` : key),
  );
}
