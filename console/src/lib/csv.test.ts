import { expect, it } from 'vitest';
import { csv } from './csv';

it('begins with a byte order mark and quotes what needs it', () => {
  expect(csv([['队列', 'a,b', 'say "hi"', 3, null]])).toBe('\ufeff队列,"a,b","say ""hi""",3,\r\n');
});

it('lets no text become a formula, and leaves numbers of telephones alone', () => {
  expect(csv([['=1+1', '+14155550100', '@x', -3]])).toBe("\ufeff'=1+1,+14155550100,'@x,-3\r\n");
});
