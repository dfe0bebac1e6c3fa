import { expect, it } from 'vitest';
import { ownPage } from './enter';

it('leads to pages of its own after signing in, nowhere else', () => {
  expect(
    ['/contacts?queue=q_1', '/', undefined, '//evil.example', '/\\evil.example', 'https://evil.example'].map(
      ownPage,
    ),
  ).toEqual(['/contacts?queue=q_1', '/', '/', '/', '/', '/']);
});
