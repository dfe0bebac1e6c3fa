// Steps that were copied: kept for this tab, so that they can be put into another flow.
import { part, paste, type Part } from './document';
import { useEditor, type Place } from './editor';

const KEPT = 'offhook.copied-steps';
const BESIDE = 40;

interface Copied {
  readonly steps: Part;
  readonly places: Readonly<Record<string, Place>>;
}

function taken(ids: Iterable<string>): Copied {
  const { document, places } = useEditor.getState();
  const steps = part(document, ids);
  return {
    steps,
    places: Object.fromEntries(Object.keys(steps).map((id) => [id, places[id] ?? { x: 0, y: 0 }])),
  };
}

export function copySteps(ids: ReadonlySet<string>): void {
  if (ids.size) sessionStorage.setItem(KEPT, JSON.stringify(taken(ids)));
}

/** Puts the copied steps in, a little beside where they stood; the ids of the new ones. */
export function pasteSteps(): ReadonlySet<string> {
  const kept = sessionStorage.getItem(KEPT);
  return kept ? insert(JSON.parse(kept) as Copied) : new Set();
}

export const doubleSteps = (ids: ReadonlySet<string>): ReadonlySet<string> => insert(taken(ids));

function insert({ steps, places }: Copied): ReadonlySet<string> {
  if (Object.keys(steps).length === 0) return new Set();
  const editor = useEditor.getState();
  const { document, ids } = paste(editor.document, steps);
  const beside = Object.fromEntries(
    [...ids].map(([id, fresh]) => {
      const { x, y } = places[id] ?? { x: 0, y: 0 };
      return [fresh, { x: x + BESIDE, y: y + BESIDE }];
    }),
  );
  editor.edit(document, { ...editor.places, ...beside });
  return new Set(ids.values());
}
