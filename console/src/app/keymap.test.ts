import { expect, it } from 'vitest';
import { byCode, keysMeant, keysNow, readable } from './keymap';

const chosen = { 'Alt+Shift+M': 'Alt+Shift+X' };

it('means what came by what was chosen, and nothing by what was left', () => {
  expect(keysNow(chosen, 'Alt+Shift+M')).toBe('Alt+Shift+X');
  expect(keysMeant(chosen, 'Alt+Shift+X')).toBe('Alt+Shift+M');
  expect(keysMeant(chosen, 'Alt+Shift+M')).toBe('');
  expect(keysMeant(chosen, 'Alt+Shift+H')).toBe('Alt+Shift+H');
});

it('reads physical keys as people do', () => {
  for (const pressed of ['Alt+Shift+KeyA', 'Alt+Shift+Digit1'])
    expect(byCode(readable(pressed))).toBe(pressed);
  expect(readable('Alt+Shift+KeyA')).toBe('Alt+Shift+A');
  expect(readable('Ctrl+KeyK')).toBe('Ctrl+KeyK');
});
