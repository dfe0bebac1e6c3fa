// Keys that a person chose in place of the ones that came; kept in this browser. Only Alt+Shift keys can be chosen.
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Keys as they came, to keys as they are now: 'Alt+Shift+A'. */
export type Chosen = Readonly<Record<string, string>>;

interface Keymap {
  readonly chosen: Chosen;
  choose(keys: string, now: string): void;
  asTheyCame(): void;
}

export const useKeymap = create<Keymap>()(
  persist(
    (set) => ({
      chosen: {},
      choose: (keys, now) => set(({ chosen }) => ({ chosen: { ...chosen, [keys]: now } })),
      asTheyCame: () => set({ chosen: {} }),
    }),
    { name: 'offhook.keys' },
  ),
);

export const keysNow = (chosen: Chosen, keys: string): string => chosen[keys] ?? keys;

/** What a button's tooltip says of the keys as they came: what they are now. */
export function useKeys(): (keys: string) => string {
  const { chosen } = useKeymap();
  return (keys) => keysNow(chosen, keys);
}

/** The keys as they came of keys that were pressed; '' when what was there has moved away. */
export function keysMeant(chosen: Chosen, pressed: string): string {
  const meant = Object.keys(chosen).find((keys) => chosen[keys] === pressed);
  return meant ?? (chosen[pressed] && chosen[pressed] !== pressed ? '' : pressed);
}

/** 'Alt+Shift+KeyA' as people read it, and back. */
export const readable = (pressed: string): string =>
  pressed.replace(/^(Alt\+Shift\+)(?:Key|Digit)(?=.$)/, '$1');
export const byCode = (keys: string): string =>
  keys.replace(
    /^(Alt\+Shift\+)(\w)$/,
    (_, both: string, key: string) => `${both}${/\d/.test(key) ? 'Digit' : 'Key'}${key}`,
  );
