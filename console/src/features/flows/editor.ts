// What is being edited, with undo: one step for one deed of the person.
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
  edit(document: FlowDocument): void;
  place(places: Places): void;
  open(document: FlowDocument, places: Places): void;
}

export const useEditor = create<Editor>()(
  temporal(
    (set) => ({
      document: { nodes: {} },
      places: {},
      edit: (document) => set({ document }),
      place: (places) => set({ places }),
      open: (document, places) => set({ document, places }),
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

const KEPT = (flow: string) => `offhook.places.${flow}`;
export const keptPlaces = (flow: string): Places =>
  JSON.parse(localStorage.getItem(KEPT(flow)) ?? '{}') as Places;
export const keepPlaces = (flow: string, places: Places): void =>
  localStorage.setItem(KEPT(flow), JSON.stringify(places));
