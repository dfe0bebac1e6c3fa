// How many agents a business needs: from its customers to calls in the busiest hour to agents by Erlang C.

/** share: of the accounts who call in a month, in percent; callsEach: how often a month who calls does. */
export interface Size {
  readonly accounts: number;
  readonly share_percent: number;
  readonly calls_each: number;
  /** Mean handling time (AHT). */
  readonly handle_s: number;
  readonly target_percent: number;
  readonly target_s: number;
}

/** When the business is open in a week. */
export interface Openness {
  readonly days: number;
  readonly hoursADay: number;
}

export interface Staffing {
  readonly agents: number;
  /** Share of the calls answered within the target's seconds, 0 to 1. */
  readonly withinTarget: number;
  /** Mean wait of all calls (ASA), seconds. */
  readonly wait_s: number;
  /** Share of their time that agents talk or wrap up, 0 to 1. */
  readonly occupancy: number;
}

export interface Estimated {
  readonly callsAMonth: number;
  /** In the busiest hour. */
  readonly callsAnHour: number;
  readonly staffing: Staffing;
}

const WEEKS_A_MONTH = 52 / 12;
/** The busiest hour has half again as many calls as the mean one. */
const PEAK = 1.5;
/** Who is open around the clock is called by day all the same. */
const BUSY_HOURS = 10;

export function estimate(size: Size, open: Openness): Estimated {
  const callsAMonth = size.accounts * (size.share_percent / 100) * size.calls_each;
  const callsADay = callsAMonth / (Math.max(open.days, 1) * WEEKS_A_MONTH);
  const callsAnHour = (callsADay / Math.min(Math.max(open.hoursADay, PEAK), BUSY_HOURS)) * PEAK;
  return { callsAMonth, callsAnHour, staffing: agentsFor(callsAnHour, size) };
}

type Target = Pick<Size, 'handle_s' | 'target_percent' | 'target_s'>;

/** The fewest agents who reach the target; at least one. */
export function agentsFor(callsAnHour: number, target: Target): Staffing {
  const erlangs = (callsAnHour * target.handle_s) / 3600;
  let blocked = 1; // Erlang B, one agent more at a time
  for (let agents = 1; ; agents += 1) {
    blocked = (erlangs * blocked) / (agents + erlangs * blocked);
    if (agents <= erlangs) continue;
    const found = staffed(agents, erlangs, blocked, target);
    if (found.withinTarget >= target.target_percent / 100) return found;
  }
}

/** Erlang C: the share who wait at all, and from it how long. */
function staffed(agents: number, erlangs: number, blocked: number, { handle_s, target_s }: Target): Staffing {
  const occupancy = erlangs / agents;
  const waits = blocked / (1 - occupancy * (1 - blocked));
  return {
    agents,
    occupancy,
    withinTarget: 1 - waits * Math.exp((-(agents - erlangs) * target_s) / handle_s),
    wait_s: (waits * handle_s) / (agents - erlangs),
  };
}
