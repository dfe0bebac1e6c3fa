import { expect, it } from 'vitest';
import { holds, recordOf } from './pairs';
import { variablesOf } from './variables';

it('keeps what is in the rows, without the empty ones', () => {
  expect(recordOf([['tier', ' $.tier '], ['', ''], ['name', '$.name']])).toEqual({ tier: '$.tier', name: '$.name' });
});

it('keeps a value whose name is missing, so that it is refused and not lost', () => {
  expect(recordOf([['', '$.tier']])).toEqual({ '': '$.tier' });
});

it('knows rows that are typed in from a record that somebody else stored', () => {
  expect(holds([['tier', '$.tier'], ['', '']], { tier: '$.tier' })).toBe(true);
  expect(holds([['tier', '$.tier']], { tier: '$.data.tier' })).toBe(false);
  expect(holds([['tier', '$.tier']], {})).toBe(false);
});

it('asks for each variable of the address and of what is sent once', () => {
  const url = 'https://crm.example.com/{caller_number}/x?n={tier}&m={caller_number}&{}&{a.b}';
  expect(variablesOf({ url, method: 'GET', send: ['known'] })).toEqual(['caller_number', 'tier']);
  expect(variablesOf({ url, method: 'POST', send: ['known', 'tier'] })).toEqual(['caller_number', 'tier', 'known']);
});
