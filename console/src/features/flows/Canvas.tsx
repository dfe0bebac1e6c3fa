// The canvas: steps and wires of the document; what is done on it changes the document.
import {
  Background,
  Controls,
  MiniMap,
  ReactFlow,
  useReactFlow,
  type Connection,
  type Edge,
  type Node,
  type NodeChange,
} from '@xyflow/react';
import '@xyflow/react/dist/style.css';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { change, remove, wires, type Path } from './document';
import { useEditor } from './editor';
import { Step, type StepData } from './Step';

const types = { step: Step };

interface Given {
  readonly chosen: string | null;
  readonly choose: (id: string | null) => void;
  /** How many problems each step has. */
  readonly problems: ReadonlyMap<string, number>;
  readonly fixed: boolean;
  /** The step to bring into view; a new object brings it again. */
  readonly show: { readonly id: string } | null;
  readonly lit: ReadonlySet<string>;
}

export function Canvas({ chosen, choose, problems, fixed, show, lit }: Given) {
  const { t } = useTranslation('flows');
  const { document, places, edit, place } = useEditor();
  const { setCenter } = useReactFlow();
  const nodes = useMemo(
    () =>
      Object.entries(document.nodes).map(([id, node], index): Node<StepData> => ({
        id,
        type: 'step',
        position: places[id] ?? { x: (index % 4) * 260, y: Math.floor(index / 4) * 180 },
        selected: id === chosen,
        data: { node, starts: document.start === id, problems: problems.get(id) ?? 0, lit: lit.has(id) },
      })),
    [document, places, chosen, problems, lit],
  );
  const edges = useMemo(
    () =>
      wires(document).map((wire): Edge => ({
        id: `${wire.from}:${JSON.stringify(wire.path)}`,
        source: wire.from,
        sourceHandle: JSON.stringify(wire.path),
        target: wire.to,
      })),
    [document],
  );
  useEffect(() => {
    const at = show && useEditor.getState().places[show.id];
    if (at) void setCenter(at.x + 110, at.y + 60, { zoom: 1 });
  }, [show, setCenter]);
  const moved = (changes: readonly NodeChange[]) => {
    const now = Object.fromEntries(
      changes.flatMap((one) => (one.type === 'position' && one.position ? [[one.id, one.position]] : [])),
    );
    if (Object.keys(now).length) place({ ...useEditor.getState().places, ...now });
    for (const one of changes) if (one.type === 'select' && one.selected) choose(one.id);
  };
  const connect = ({ source, sourceHandle, target }: Connection) =>
    edit(change(document, source, JSON.parse(sourceHandle ?? '["next"]') as Path, target));
  const cut = (gone: readonly Edge[]) =>
    edit(
      gone.reduce(
        (left, wire) => change(left, wire.source, JSON.parse(wire.sourceHandle ?? '["next"]') as Path, ''),
        document,
      ),
    );
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={types}
      fitView
      minZoom={0.2}
      nodesDraggable={!fixed}
      nodesConnectable={!fixed}
      deleteKeyCode={fixed ? null : ['Delete', 'Backspace']}
      onNodesChange={moved}
      onConnect={connect}
      onEdgesDelete={cut}
      onNodeDragStart={() => useEditor.temporal.getState().pause()}
      onNodeDragStop={() => useEditor.temporal.getState().resume()}
      onNodesDelete={(gone) => (
        edit(
          remove(
            document,
            gone.map((one) => one.id),
          ),
        ),
        choose(null)
      )}
      onPaneClick={() => choose(null)}
      aria-label={t('canvas')}
    >
      <Background />
      <Controls showInteractive={false} />
      <MiniMap pannable ariaLabel={t('map')} />
    </ReactFlow>
  );
}
