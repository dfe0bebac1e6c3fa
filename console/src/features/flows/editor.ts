// What is being edited, with undo: one step for one deed of the person; one drag is one deed.
import { temporal } from 'zundo';
import { create } from 'zustand';
import type { FlowDocument } from './document';

export interface Place {
  readonly x: number;
  readonly y: number;
}
export type Places = Readonly<Record<string, Place>>;

interface Editor {
  readonly document: FlowDocument;
  readonly places: Places;
  edit(document: FlowDocument, places?: Places): void;
  place(places: Places): void;
}

export const useEditor = create<Editor>()(
  temporal(
    (set) => ({
      document: { nodes: {} },
      places: {},
      edit: (document, places) => set(places ? { document, places } : { document }),
      place: (places) => set({ places }),
    }),
    {
      partialize: ({ document, places }) => ({ document, places }),
      equality: (a, b) => a.document === b.document && a.places === b.places,
      limit: 200,
    },
  ),
);

export const undo = (): void => useEditor.temporal.getState().undo();
export const redo = (): void => useEditor.temporal.getState().redo();
export const forgetHistory = (): void => useEditor.temporal.getState().clear();

let before: Places | null = null;

/** From here to `dropped` nothing is noted, however often the steps move. */
export function dragging(): void {
  before = useEditor.getState().places;
  useEditor.temporal.getState().pause();
}

/** The whole drag as one deed. */
export function dropped(): void {
  if (!before) return;
  const after = useEditor.getState().places;
  useEditor.setState({ places: before });
  useEditor.temporal.getState().resume();
  useEditor.getState().place(after);
  before = null;
}

/** Where the document says its steps stand; a step without a place has none here. */
export const placesOf = (document: FlowDocument): Places =>
  Object.fromEntries(
    Object.entries(document.nodes).flatMap(([id, node]): [string, Place][] => {
      const { x, y } = (node.position ?? {}) as Partial<Place>;
      return typeof x === 'number' && typeof y === 'number' ? [[id, { x, y }]] : [];
    }),
  );

/** The document with each step's place in it, as it is stored. */
export const placed = (document: FlowDocument, places: Places): FlowDocument => ({
  ...document,
  nodes: Object.fromEntries(
    Object.entries(document.nodes).map(([id, node]) => {
      const at = places[id];
      return [id, at ? { ...node, position: { x: Math.round(at.x), y: Math.round(at.y) } } : node];
    }),
  ),
});
