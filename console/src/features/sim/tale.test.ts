import { expect, it } from 'vitest';
import { told } from './tale';

it('tells what was heard and done, and leaves the rest of the network out', () => {
  expect(told('heard: To talk to us, press 1.\nOr wait.')).toEqual({
    kind: 'heard',
    words: 'To talk to us, press 1.\nOr wait.',
  });
  expect(told('pressed 1')?.kind).toBe('pressed');
  expect(told('joined conference c_1')?.kind).toBe('joined');
  expect(told('call over: completed')?.kind).toBe('over');
  expect(told('call moved by the application')).toBeNull();
});
