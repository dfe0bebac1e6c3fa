// Signing in, after which the person's first screen follows.
import { queries } from '@/api/client';
import { useSession, type Tokens } from '@/api/tokens';
import { ask } from './ask';

export interface Challenge {
  readonly challenge: string;
  readonly session: string;
  readonly user: string;
}

export const isChallenge = (said: unknown): said is Challenge =>
  typeof said === 'object' && said !== null && 'challenge' in said;

export const signIn = (email: string, password: string): Promise<Tokens | Challenge> =>
  ask('POST', '/v1/tenants/sessions', { body: { email, password } });

export const answer = (asked: Challenge, code: string): Promise<Tokens | Challenge> => {
  const { challenge, session, user } = asked;
  return ask('POST', '/v1/tenants/sessions/challenges', { body: { challenge, session, user, answer: code } });
};

/** Where one wanted to go before signing in, if that is a page of ours; else the start. */
export const ownPage = (next: string | undefined): string =>
  next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/';

/** Whoever was signed in here before is forgotten. */
export function enter(tokens: Tokens): void {
  queries.clear();
  useSession.getState().keep(tokens);
}
