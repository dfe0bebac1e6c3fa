// How many calls took each wire of a version, from what the server counted.
import type { Schemas } from '@/app/me';
import { wires, type FlowDocument, type Wire } from './document';

type Statistics = Schemas['VersionStatistics'];
type Figures = Schemas['NodeStatistics'];

export const wireId = (wire: Pick<Wire, 'from' | 'path'>): string =>
  `${wire.from}:${JSON.stringify(wire.path)}`;

/** Calls by wire: keys and words where a choice says which, else where calls went when only one wire leads there. */
export function calls(document: FlowDocument, statistics: Statistics): ReadonlyMap<string, number> {
  const nodes = new Map(statistics.nodes.map((one) => [one.node, one]));
  const drawn = wires(document);
  return new Map(
    drawn.flatMap((wire): [string, number][] => {
      const figures = nodes.get(wire.from);
      if (!figures) return [];
      const count = chosen(wire, figures) ?? went(wire, figures, drawn);
      return count === null ? [] : [[wireId(wire), count]];
    }),
  );
}

function chosen({ path, name }: Wire, { keys, spoken, missed }: Figures): number | null {
  if (path[0] === 'choices') return (keys[name] ?? 0) + (spoken[name] ?? 0);
  return path.length === 1 && (name === 'timeout' || name === 'invalid') ? (missed[name] ?? null) : null;
}

function went({ from, to }: Wire, { exits }: Figures, drawn: readonly Wire[]): number | null {
  const same = drawn.filter((one) => one.from === from && one.to === to).length;
  return same === 1 ? (exits[to] ?? 0) : null;
}
