// The canvas: steps and wires of the document; what is done on it changes the document.
import {
  Background,
  Controls,
  MarkerType,
  MiniMap,
  ReactFlow,
  useReactFlow,
  type Connection,
  type Edge,
  type EdgeChange,
  type Node,
  type NodeChange,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { count } from '@/lib/format';
import { change, remove, wires, type Path } from './document';
import { dragging, dropped, useEditor } from './editor';
import { wireId } from './figures';
import { exitsOf } from './kinds';
import { Step, type StepData } from './Step';
import { heightOf, WIDTH } from './tidy';
import type { Lit } from './useSteps';
import { FIT } from './tidy';

const types = { step: Step };
const NEXT = '["next"]';

interface Given {
  readonly picked: ReadonlySet<string>;
  readonly pick: (ids: ReadonlySet<string>) => void;
  /** How many problems each step has. */
  readonly problems: ReadonlyMap<string, number>;
  readonly fixed: boolean;
  /** The step to bring into view; a new object brings it again. */
  readonly show: { readonly id: string } | null;
  readonly lit: Lit;
  /** How many calls took each wire; null: not shown. */
  readonly calls: ReadonlyMap<string, number> | null;
  /** Whether the steps have their places. */
  readonly shown: boolean;
}

const NONE: never[] = [];

export function Canvas({ picked, pick, problems, fixed, show, lit, calls, shown }: Given) {
  const { t } = useTranslation('flows');
  const { document, edit, place } = useEditor();
  const { setCenter } = useReactFlow();
  const nodes = useNodes(picked, problems, lit);
  const [marked, mark] = useState<ReadonlySet<string>>(new Set());
  const edges = useEdges(lit, calls, marked);
  useEffect(() => {
    const at = show && useEditor.getState().places[show.id];
    if (at) void setCenter(at.x + 110, at.y + 60, { zoom: 1 });
  }, [show, setCenter]);
  const moved = (changes: readonly NodeChange[]) => {
    const now = Object.fromEntries(
      changes.flatMap((one) => (one.type === 'position' && one.position ? [[one.id, one.position]] : [])),
    );
    if (Object.keys(now).length) place({ ...useEditor.getState().places, ...now });
    if (changes.some((one) => one.type === 'select')) pick(selected(picked, changes));
  };
  const connect = ({ source, sourceHandle, target }: Connection) =>
    edit(change(document, source, JSON.parse(sourceHandle ?? NEXT) as Path, target));
  /** Steps and the wires at them go in one deed, which one step back undoes. */
  const erase = (gone: { readonly nodes: readonly Node[]; readonly edges: readonly Edge[] }) => {
    const left = gone.edges.reduce(
      (rest, wire) => change(rest, wire.source, JSON.parse(wire.sourceHandle ?? NEXT) as Path, ''),
      useEditor.getState().document,
    );
    const ids = gone.nodes.map((one) => one.id);
    edit(remove(left, ids));
    if (ids.length) pick(new Set());
    mark(new Set());
  };
  return (
    <ReactFlow
      nodes={shown ? nodes : NONE}
      edges={shown ? edges : NONE}
      nodeTypes={types}
      fitView
      fitViewOptions={FIT}
      minZoom={0.2}
      nodesDraggable={!fixed}
      nodesConnectable={!fixed}
      deleteKeyCode={fixed ? null : ['Delete', 'Backspace']}
      multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
      onNodesChange={moved}
      onConnect={connect}
      onEdgesChange={(changes) => mark(selected(marked, changes))}
      onDelete={erase}
      onNodeDragStart={dragging}
      onNodeDragStop={dropped}
      onSelectionDragStart={dragging}
      onSelectionDragStop={dropped}
      onPaneClick={() => pick(new Set())}
      aria-label={t('canvas')}
    >
      <Background />
      <Controls showInteractive={false} />
      <MiniMap pannable zoomable ariaLabel={t('map')} style={{ width: 140, height: 90 }} />
    </ReactFlow>
  );
}

/** What is selected after the changes. */
function selected(
  before: ReadonlySet<string>,
  changes: readonly (NodeChange | EdgeChange)[],
): ReadonlySet<string> {
  const after = new Set(before);
  for (const one of changes) {
    if (one.type === 'select' && one.selected) after.add(one.id);
    if (one.type === 'select' && !one.selected) after.delete(one.id);
  }
  return after;
}

function useNodes(
  picked: ReadonlySet<string>,
  problems: ReadonlyMap<string, number>,
  lit: Lit,
): Node<StepData>[] {
  const { document, places } = useEditor();
  return useMemo(
    () =>
      Object.entries(document.nodes).map(([id, node], index): Node<StepData> => ({
        id,
        type: 'step',
        position: places[id] ?? { x: (index % 4) * 260, y: Math.floor(index / 4) * 180 },
        selected: picked.has(id),
        initialWidth: WIDTH,
        initialHeight: heightOf(exitsOf(node).length),
        data: {
          node,
          starts: document.start === id,
          problems: problems.get(id) ?? 0,
          lit: lit.here === id ? 'here' : lit.steps.has(id) ? 'passed' : null,
        },
      })),
    [document, places, picked, problems, lit],
  );
}

function useEdges(lit: Lit, calls: ReadonlyMap<string, number> | null, marked: ReadonlySet<string>): Edge[] {
  const { document } = useEditor();
  return useMemo(
    () =>
      wires(document).map((wire): Edge => {
        const id = wireId(wire);
        const passed = lit.ways.has(`${wire.from}\t${wire.to}`);
        const taken = calls?.get(id);
        return {
          id,
          source: wire.from,
          sourceHandle: JSON.stringify(wire.path),
          target: wire.to,
          selected: marked.has(id),
          className: passed ? 'lit' : '',
          markerEnd: { type: MarkerType.ArrowClosed },
          ...(taken !== undefined && { label: count(taken), labelShowBg: true }),
        };
      }),
    [document, lit, calls, marked],
  );
}
