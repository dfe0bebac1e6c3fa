import { expect, it } from 'vitest';
import { missedAs, saysItIsThere } from './reach';

it('says that the agent can be reached only while the phone in the page could ring', () => {
  const browser = { endpoint: 'browser', talks: false } as const;
  expect(
    (['ready', 'registering', 'lost', 'off', 'denied', 'elsewhere'] as const).map((phone) =>
      saysItIsThere({ ...browser, phone }),
    ),
  ).toEqual([true, true, false, false, false, false]);
});

it('speaks for a telephone on the table whatever the page has, and for a call that goes on', () => {
  expect(saysItIsThere({ endpoint: 'phone', phone: 'off', talks: false })).toBe(true);
  expect(saysItIsThere({ endpoint: 'browser', phone: 'lost', talks: true })).toBe(true);
});

it('tells missed, declined, device lost and caller gone apart', () => {
  expect(
    ['no_answer', 'declined', 'device_lost', 'caller_gone', 'unreachable', ''].map((one) =>
      missedAs(one, ''),
    ),
  ).toEqual(['missed', 'declined', 'deviceLost', 'callerGone', 'deviceUnreachable', null]);
  expect([missedAs('', 'heartbeat_lost'), missedAs('', 'break')]).toEqual(['deviceLost', null]);
});
