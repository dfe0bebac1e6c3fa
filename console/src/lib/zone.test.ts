import { expect, it } from 'vitest';
import { momentIn, wallIn } from './zone';

const utc = (zone: string, wall: string) => new Date(momentIn(zone, wall)).toISOString();

it('reads a time as clocks of the tenant show it, on either side of a change of clocks', () => {
  expect(utc('Asia/Shanghai', '2026-11-22T09:00:00')).toBe('2026-11-22T01:00:00.000Z');
  expect(utc('America/New_York', '2026-03-08T01:30:00')).toBe('2026-03-08T06:30:00.000Z');
  expect(utc('America/New_York', '2026-03-08T03:30:00')).toBe('2026-03-08T07:30:00.000Z');
  expect(utc('America/New_York', '2026-11-01T23:59:59')).toBe('2026-11-02T04:59:59.000Z');
  expect(utc('UTC', '2026-01-01T00:00:00')).toBe('2026-01-01T00:00:00.000Z');
});

it('shows a moment as clocks of the tenant do, so that it is read as the same one', () => {
  const at = Date.parse('2026-11-02T04:59:59Z');
  expect(wallIn('America/New_York', at)).toBe('2026-11-01T23:59:59');
  for (const zone of ['Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu', 'UTC'])
    expect(momentIn(zone, wallIn(zone, at))).toBe(at);
});
