// A flow's document and what an editor does with it: pure functions, each giving a new document.
import { exitsOf, kinds, type Kind } from './kinds';

export interface FlowNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface FlowDocument {
  readonly languages?: readonly string[];
  readonly start?: string;
  readonly person?: string;
  readonly fallback_queue?: string;
  readonly nodes: Readonly<Record<string, FlowNode>>;
  readonly [more: string]: unknown;
}

export type Path = readonly (string | number)[];

/** The value at a path; undefined when something on the way is not there. */
export function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inside, key) => (inside as Record<string | number, unknown> | undefined)?.[key],
    value,
  );
}

/** With another value at the path; lists and objects on the way are made. */
export function put<T>(whole: T, path: Path, value: unknown): T {
  const [key, ...rest] = path;
  if (key === undefined) return value as T;
  const base = Array.isArray(whole) ? [...whole] : typeof key === 'number' ? [] : { ...(whole as object) };
  (base as Record<string | number, unknown>)[key] = put(
    (whole as Record<string | number, unknown> | undefined)?.[key],
    rest,
    value,
  );
  return base as T;
}

const withNodes = (document: FlowDocument, nodes: FlowDocument['nodes']): FlowDocument => ({
  ...document,
  nodes,
});

export function change(document: FlowDocument, id: string, path: Path, value: unknown): FlowDocument {
  const node = document.nodes[id];
  return node ? withNodes(document, { ...document.nodes, [id]: put(node, path, value) }) : document;
}

/** A free id like the kind's name: menu, menu_2 ... */
export function freshId(document: FlowDocument, type: string): string {
  const taken = new Set(Object.keys(document.nodes));
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? type : `${type}_${number}`;
    if (!taken.has(id)) return id;
  }
}

export function add(
  document: FlowDocument,
  kind: Kind,
): { readonly document: FlowDocument; readonly id: string } {
  const id = freshId(document, kind.type);
  const nodes = { ...document.nodes, [id]: { type: kind.type, ...kind.fresh } };
  return { document: { ...withNodes(document, nodes), start: document.start || id }, id };
}

/** A copy beside the node, leading where it leads. */
export function copy(
  document: FlowDocument,
  id: string,
): { readonly document: FlowDocument; readonly id: string } {
  const node = document.nodes[id];
  if (!node) return { document, id };
  const next = freshId(document, node.type);
  return {
    document: withNodes(document, { ...document.nodes, [next]: structuredClone(node) as FlowNode }),
    id: next,
  };
}

/** Without the nodes; what led to them leads nowhere, which the validator then tells. */
export function remove(document: FlowDocument, ids: readonly string[]): FlowDocument {
  const gone = new Set(ids);
  const left = Object.entries(document.nodes).filter(([id]) => !gone.has(id));
  const nodes = left.map(([id, node]): [string, FlowNode] => [
    id,
    exitsOf(node).reduce(
      (kept, exit) => (gone.has(String(at(kept, exit.path) ?? '')) ? put(kept, exit.path, '') : kept),
      node,
    ),
  ]);
  return {
    ...withNodes(document, Object.fromEntries(nodes)),
    start: gone.has(document.start ?? '') ? '' : document.start,
    person: gone.has(document.person ?? '') ? '' : document.person,
  };
}

export interface Wire {
  readonly from: string;
  readonly path: Path;
  readonly name: string;
  readonly to: string;
}

export function wires(document: FlowDocument): Wire[] {
  return Object.entries(document.nodes).flatMap(([from, node]) =>
    exitsOf(node).flatMap((exit) => {
      const to = String(at(node, exit.path) ?? '');
      return to && document.nodes[to] ? [{ from, path: exit.path, name: exit.name, to }] : [];
    }),
  );
}

/** The node that a problem's JSON path is in: $.nodes.menu.choices → menu. */
export function nodeOf(path: string): string | null {
  return /^\$?\.?nodes\.([^.[]+)/.exec(path)?.[1] ?? /^\$?\.?nodes\[['"]?([^'"\]]+)/.exec(path)?.[1] ?? null;
}

export const known = (type: string): boolean => type in kinds;

/** Some steps by themselves, to be put in elsewhere. */
export type Part = Readonly<Record<string, FlowNode>>;

export const part = (document: FlowDocument, ids: Iterable<string>): Part =>
  Object.fromEntries(
    [...ids].flatMap((id): [string, FlowNode][] => {
      const node = document.nodes[id];
      return node ? [[id, node]] : [];
    }),
  );

/** The part put in under ids of its own: wires within it stay within it, others lead where they led if that is there. */
export function paste(
  document: FlowDocument,
  given: Part,
): { readonly document: FlowDocument; readonly ids: ReadonlyMap<string, string> } {
  const ids = new Map<string, string>();
  let whole = document;
  for (const [id, node] of Object.entries(given)) {
    const fresh = freshId(whole, node.type);
    ids.set(id, fresh);
    whole = withNodes(whole, { ...whole.nodes, [fresh]: node });
  }
  const nodes = { ...whole.nodes };
  for (const fresh of ids.values()) {
    const node = nodes[fresh] as FlowNode;
    nodes[fresh] = exitsOf(node).reduce(
      (kept, exit) => {
        const target = String(at(kept, exit.path) ?? '');
        const next = ids.get(target) ?? (whole.nodes[target] ? target : '');
        return next === target ? kept : put(kept, exit.path, next);
      },
      structuredClone(node) as FlowNode,
    );
  }
  return { document: withNodes(whole, nodes), ids };
}

/** What a step says, for lists and searches: its first words in any language. */
export function wordsOf(node: FlowNode): string {
  const texts = [
    node.text,
    ...[node.prompt, node.greeting].flat().map((one) => (one as { say?: unknown })?.say),
  ];
  for (const text of texts) {
    const [first] = Object.values((text ?? {}) as Record<string, unknown>);
    if (typeof first === 'string' && first) return first;
  }
  return (
    ([node.queue, node.survey, node.calendar, node.flow, node.number].find(
      (one) => typeof one === 'string' && one,
    ) as string) ?? ''
  );
}

/** The steps in the order in which a call meets them, those that none meets last. */
export function inOrder(document: FlowDocument): readonly string[] {
  const met: string[] = [];
  const go = (id: string | undefined) => {
    const node = id ? document.nodes[id] : undefined;
    if (!id || !node || met.includes(id)) return;
    met.push(id);
    for (const exit of exitsOf(node)) go(String(at(node, exit.path) ?? ''));
  };
  go(document.start);
  return [...met, ...Object.keys(document.nodes).filter((id) => !met.includes(id))];
}
