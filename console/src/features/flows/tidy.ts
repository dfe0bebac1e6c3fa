// Places for the steps of a flow: left to right by the way a call goes, wires around the steps.
import type { ELK as Elk } from 'elkjs/lib/elk-api';
import { exitsOf } from './kinds';
import { wires, type FlowDocument } from './document';
import type { Places } from './editor';

/** All steps in view, none larger than it is. */
export const FIT = { maxZoom: 1 };
export const WIDTH = 220;
const HEAD = 56;
const ROW = 22;

export const heightOf = (exits: number): number => HEAD + exits * ROW;

let elk: Promise<Elk> | null = null;

async function engine(): Promise<Elk> {
  const { default: Made } = await import('elkjs/lib/elk.bundled.js');
  return new Made();
}

export async function tidy(document: FlowDocument): Promise<Places> {
  elk ??= engine();
  const graph = {
    id: 'flow',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.layered.spacing.nodeNodeBetweenLayers': '80',
      'elk.spacing.nodeNode': '32',
    },
    children: Object.entries(document.nodes).map(([id, node]) => ({
      id,
      width: WIDTH,
      height: heightOf(exitsOf(node).length),
    })),
    edges: wires(document).map((wire, index) => ({
      id: `w${index}`,
      sources: [wire.from],
      targets: [wire.to],
    })),
  };
  const { children = [] } = await (await elk).layout(graph);
  return Object.fromEntries(children.map((one) => [one.id, { x: one.x ?? 0, y: one.y ?? 0 }]));
}
