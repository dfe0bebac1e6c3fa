import { expect, it } from 'vitest';
import { levelOf, refusal } from './microphone';

const of = (value: number) => levelOf(new Float32Array(64).fill(value));
const named = (name: string) => refusal(new DOMException('', name));

it('measures silence as nothing, speech in the middle, and never more than everything', () => {
  expect([of(0), of(0.125), of(1)]).toEqual([0, 0.5, 1]);
});

it('tells a microphone that is refused from one that is not there', () => {
  expect([named('NotAllowedError'), named('NotFoundError'), refusal(new Error())]).toEqual([
    'refused',
    'none',
    'none',
  ]);
});
