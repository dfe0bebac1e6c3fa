// Ctrl+K goes anywhere, ? lists the keys, g and a letter go to a screen.
import { useNavigate } from '@tanstack/react-router';
import { Button, Input, Typography, type InputRef } from 'antd';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { readable, useKeymap, useKeys } from './keymap';
import { Modal } from './Overlay';
import { useShownScreens } from './Menu';
import { named, shortcuts, useShortcuts } from './shortcuts';

type What = 'palette' | 'shortcuts' | null;
export const usePalette = create<{ what: What; show(what: What): void }>((set) => ({
  what: null,
  show: (what) => set({ what }),
}));

export function Palette() {
  const { what, show } = usePalette();
  const go = useNavigate();
  const shown = useShownScreens();
  useShortcuts({
    'Ctrl+KeyK': () => show('palette'),
    '?': () => show('shortcuts'),
    ...Object.fromEntries(
      shown.filter((one) => one.key).map((one) => [`g ${one.key}`, () => void go({ to: one.path })]),
    ),
  });
  return what === 'palette' ? <GoTo /> : what === 'shortcuts' ? <Keys /> : null;
}

function GoTo() {
  const { t } = useTranslation();
  const { show } = usePalette();
  const go = useNavigate();
  const shown = useShownScreens();
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<InputRef>(null);
  useEffect(() => input.current?.focus(), []);
  const all = shown.map((one) => ({ path: one.path, name: t(one.menu.name as never) as string }));
  const found = all.filter((one) => one.name.toLowerCase().includes(words.toLowerCase()));
  const open = (path?: string) => {
    if (!path) return;
    show(null);
    void go({ to: path });
  };
  return (
    <Modal open footer={null} closable={false} onCancel={() => show(null)} title={t('palette')}>
      <Input
        ref={input}
        value={words}
        aria-label={t('search')}
        onChange={(event) => (setWords(event.target.value), setAt(0))}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1));
          if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
          if (event.key === 'Enter') open(found[at]?.path);
        }}
      />
      <ul style={{ listStyle: 'none', padding: 0, margin: '8px 0 0', maxHeight: 360, overflow: 'auto' }}>
        {found.map((one, index) => (
          <li key={one.path}>
            <button
              type="button"
              aria-current={index === at}
              className={index === at ? 'chosen option' : 'option'}
              onClick={() => open(one.path)}
            >
              {one.name}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <Typography.Text type="secondary">{t('paletteEmpty')}</Typography.Text>}
    </Modal>
  );
}

interface RebindGiven {
  readonly keys: string;
  readonly name: string;
  readonly taken: (keys: string) => boolean;
}

function Keys() {
  const { t } = useTranslation();
  const { show } = usePalette();
  const shown = useShownScreens();
  const { chosen, asTheyCame } = useKeymap();
  const now = useKeys();
  const taken = shortcuts.map((one) => now(one.keys));
  const keys = [
    ...shortcuts.map((one) => ({ keys: one.keys, name: t(one.name as never) as string })),
    ...shown
      .filter((one) => one.key)
      .map((one) => ({ keys: `g ${one.key}`, name: t(one.menu.name as never) as string })),
  ];
  return (
    <Modal open footer={null} onCancel={() => show(null)} title={t('shortcuts')}>
      <table style={{ width: '100%' }}>
        <tbody>
          {keys.map((one) => (
            <tr key={one.keys}>
              <th scope="row" style={{ textAlign: 'left', fontWeight: 400 }}>
                {one.name}
              </th>
              <td style={{ textAlign: 'right' }}>
                {one.keys.startsWith('Alt+Shift+') ? (
                  <Rebind keys={one.keys} name={one.name} taken={(wanted) => taken.includes(wanted)} />
                ) : (
                  <kbd>{one.keys}</kbd>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {Object.keys(chosen).length > 0 && <Button onClick={asTheyCame}>{t('keysAsTheyCame')}</Button>}
    </Modal>
  );
}

/** Click, then press other keys with Alt and Shift; what something else has is not taken. */
function Rebind({ keys, name, taken }: RebindGiven) {
  const { t } = useTranslation();
  const now = useKeys()(keys);
  const { choose } = useKeymap();
  const [asks, setAsks] = useState(false);
  const hear = (event: KeyboardEvent<HTMLElement>) => {
    const pressed = readable(named(event.nativeEvent));
    if (!asks || !/^Alt\+Shift\+\w$/.test(pressed)) return;
    event.preventDefault();
    event.stopPropagation();
    if (pressed !== now && taken(pressed)) return;
    choose(keys, pressed);
    setAsks(false);
  };
  return (
    <Button
      size="small"
      type={asks ? 'primary' : 'text'}
      aria-label={t('changeKeys', { name, keys: now })}
      onClick={() => setAsks(!asks)}
      onKeyDown={hear}
      onBlur={() => setAsks(false)}
    >
      {asks ? t('pressKeys') : <kbd>{now}</kbd>}
    </Button>
  );
}
