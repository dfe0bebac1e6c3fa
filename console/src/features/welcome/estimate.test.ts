import { describe, expect, it } from 'vitest';
import { agentsFor, estimate } from './estimate';

const TARGET = { handle_s: 180, target_percent: 80, target_s: 20 };

describe('agents by Erlang C', () => {
  it('are fourteen for ten erlangs at 80/20, as the published tables say', () => {
    const found = agentsFor(200, TARGET);
    expect(found.agents).toBe(14);
    expect(found.withinTarget).toBeCloseTo(0.888, 3);
    expect(found.wait_s).toBeCloseTo(7.8, 1);
    expect(found.occupancy).toBeCloseTo(10 / 14, 6);
  });

  it('reach the target, and one fewer would not', () => {
    for (const calls of [1, 7, 60, 350, 5000]) {
      const { agents } = agentsFor(calls, TARGET);
      const harder = agentsFor(calls, { ...TARGET, target_percent: 95 });
      expect(harder.agents).toBeGreaterThanOrEqual(agents);
      expect(agents).toBeGreaterThan((calls * TARGET.handle_s) / 3600);
    }
  });

  it('are one where hardly anybody calls', () => {
    expect(agentsFor(0.1, TARGET).agents).toBe(1);
    expect(agentsFor(0, TARGET).withinTarget).toBe(1);
  });
});

describe('the size of a business', () => {
  const size = { accounts: 10_000, share_percent: 10, calls_each: 1.3, ...TARGET, handle_s: 240 };

  it('goes from customers to calls to agents', () => {
    const found = estimate(size, { days: 5, hoursADay: 9 });
    expect(found.callsAMonth).toBe(1300);
    expect(found.callsAnHour).toBeCloseTo(10, 6);
    expect(found.staffing.agents).toBe(agentsFor(found.callsAnHour, size).agents);
  });

  it('has a busy hour by day, also around the clock', () => {
    const always = estimate(size, { days: 7, hoursADay: 24 });
    expect(always.callsAnHour).toBeCloseTo(((1300 * 12) / 52 / 7 / 10) * 1.5, 6);
  });

  it('is an estimate, too, for who is never open', () => {
    expect(Number.isFinite(estimate(size, { days: 0, hoursADay: 0 }).callsAnHour)).toBe(true);
  });
});
