// The tokens of who is signed in: kept for this tab, renewed once for all who ask at the same time.
import { create } from 'zustand';
import { learnClock, serverNow } from './clock';
import { problemOf, type Problem } from './problem';

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

const KEPT = 'offhook.tokens';
const RENEW_BEFORE_MS = 60_000;

interface Session {
  readonly tokens: Tokens | null;
  keep(tokens: Tokens | null): void;
}

export const useSession = create<Session>((set) => ({
  tokens: read(),
  keep(tokens) {
    if (tokens) sessionStorage.setItem(KEPT, JSON.stringify(tokens));
    else sessionStorage.removeItem(KEPT);
    set({ tokens });
  },
}));

function read(): Tokens | null {
  const kept = sessionStorage.getItem(KEPT);
  return kept ? (JSON.parse(kept) as Tokens) : null;
}

let renewing: Promise<string> | null = null;

/** An access token that lasts for a while yet; throws Problem 401 when signing in again is needed. */
export async function accessToken(): Promise<string> {
  const { tokens } = useSession.getState();
  if (!tokens) throw problemOf(401, null);
  return endsAt(tokens.access_token) - serverNow() < RENEW_BEFORE_MS ? renewed() : tokens.access_token;
}

/** A new access token. */
export function renewed(): Promise<string> {
  renewing ??= renew().finally(() => (renewing = null));
  return renewing;
}

async function renew(): Promise<string> {
  const { tokens, keep } = useSession.getState();
  const answer = await fetch('/v1/tenants/sessions/refresh', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ refresh_token: tokens?.refresh_token ?? '' }),
  });
  learnClock(answer.headers.get('Date')); // else a clock that is ahead would take every token for one that ends
  const said: unknown = await answer.json().catch(() => null);
  if (!answer.ok) return refused(problemOf(answer.status, said));
  const { access_token, refresh_token } = said as Tokens & { readonly refresh_token?: string | null };
  const next = { access_token, refresh_token: refresh_token ?? tokens?.refresh_token ?? '' };
  keep(next);
  if (tokens && movedOn(tokens.access_token, next.access_token)) location.reload();
  return next.access_token;
}

/** What the server understood and will not have is over: signing in is next. Else it may pass. */
function refused(problem: Problem): never {
  if (problem.status >= 400 && problem.status < 500 && ![408, 429].includes(problem.status))
    useSession.getState().keep(null);
  throw problem;
}

interface Claims {
  readonly exp: number;
  /** The tenant that it is for. */
  readonly tid?: string;
}

function claimsOf(token: string): Claims {
  const middle = token.split('.')[1] ?? '';
  return JSON.parse(atob(middle.replaceAll('-', '+').replaceAll('_', '/'))) as Claims;
}

const endsAt = (token: string): number => claimsOf(token).exp * 1000;

/** In another tab the person chose another tenant: nothing that was read here before is of it. */
function movedOn(before: string, after: string): boolean {
  const { tid } = claimsOf(before);
  return tid !== undefined && tid !== claimsOf(after).tid;
}
