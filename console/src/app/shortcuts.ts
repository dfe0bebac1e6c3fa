// Keys: by physical key, never while something is composed, off inside text fields but for Alt+Shift and Ctrl+K.
import { useEffect, useRef } from 'react';
import { byCode, keysMeant, readable, useKeymap } from './keymap';

export interface Shortcut {
  readonly keys: string;
  readonly name: `${string}:${string}`;
}

/** What the list of keys shows beside the screens'. */
export const shortcuts: readonly Shortcut[] = [
  { keys: 'Ctrl+K', name: 'app:palette' },
  { keys: '?', name: 'app:shortcuts' },
  { keys: 'Alt+Shift+A', name: 'desk:answer' },
  { keys: 'Alt+Shift+D', name: 'desk:decline' },
  { keys: 'Alt+Shift+M', name: 'desk:mute' },
  { keys: 'Alt+Shift+H', name: 'desk:hold' },
  { keys: 'Alt+Shift+T', name: 'desk:transfer' },
  { keys: 'Alt+Shift+C', name: 'desk:consult' },
  { keys: 'Alt+Shift+R', name: 'desk:pauseRecording' },
  { keys: 'Alt+Shift+E', name: 'desk:hangUp' },
  { keys: 'Alt+Shift+N', name: 'desk:notes' },
  { keys: 'Alt+Shift+W', name: 'desk:finishWrapUp' },
  { keys: 'Alt+Shift+L', name: 'desk:moreTime' },
  { keys: 'Alt+Shift+1', name: 'desk:goAvailable' },
  { keys: 'Alt+Shift+2', name: 'desk:reasons.break' },
  { keys: 'Alt+Shift+3', name: 'desk:reasons.lunch' },
  { keys: 'Alt+Shift+4', name: 'desk:reasons.meeting' },
  { keys: 'Alt+Shift+5', name: 'desk:reasons.training' },
];

const FIRST_KEPT_MS = 1000;

/** Runs the action of a key: 'Ctrl+KeyK', 'Alt+Shift+KeyA', '?', 'g f' (two keys in turn). False: the key is the browser's. */
export function useShortcuts(actions: Readonly<Record<string, () => unknown>>): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    let first = '';
    let firstAt = 0;
    const hear = (event: KeyboardEvent) => {
      if (event.isComposing || event.repeat || event.defaultPrevented) return; // one key, one deed
      const pressed = named(event);
      const typed = isText(event.target) && !pressed.startsWith('Alt+Shift+') && !pressed.startsWith('Ctrl+');
      if (typed) return;
      const both = event.timeStamp - firstAt < FIRST_KEPT_MS ? `${first} ${event.key}` : '';
      const meant = byCode(keysMeant(useKeymap.getState().chosen, readable(pressed)));
      const action = latest.current[both] ?? latest.current[meant];
      [first, firstAt] = [event.key, event.timeStamp];
      if (!action) return;
      if (action() !== false) event.preventDefault();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
}

/** The keys by their physical names: 'Alt+Shift+KeyA'. */
export function named(event: KeyboardEvent): string {
  if (event.altKey && event.shiftKey) return `Alt+Shift+${event.code}`;
  if (event.ctrlKey || event.metaKey) return `Ctrl+${event.shiftKey ? 'Shift+' : ''}${event.code}`;
  return event.key;
}

/** Whether keys go into a text field. */
export function isText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role=combobox]'))
  );
}
