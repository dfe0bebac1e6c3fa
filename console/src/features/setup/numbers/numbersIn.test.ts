import { expect, it } from 'vitest';
import { numbersIn } from './numbersIn';

it('reads numbers as people write them, one a line or with commas between', () => {
  expect(numbersIn('+1 415 555-0123\n\n0044 20 7946 0958, +86 10 5555 0123；')).toEqual([
    '+14155550123',
    '+442079460958',
    '+861055550123',
  ]);
});

it('leaves what is no number as it was typed', () => {
  expect(numbersIn('ours, +1 415 555 0123')).toEqual(['ours', '+14155550123']);
  expect(numbersIn(' \n')).toEqual([]);
});
