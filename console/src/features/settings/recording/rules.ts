// The rules of recording as they are stored: numbers and countries are one thing with one version.
import { api, client } from '@/api/client';
import type { Schemas } from '@/app/me';
import { over, thenRead } from '../stored';

export const RULES = '/v1/routing/recording-rules';
export type Rules = Schemas['RulesView'];
export type Rule = Schemas['Rule'];

export const useRules = () => api.useQuery('get', RULES);

/** The rules with a part of them anew; what the law says is not the company's to store. */
export function store(rules: Rules, part: Partial<Pick<Rules, 'numbers' | 'regions'>>): Promise<void> {
  const { numbers, regions, version } = { ...rules, ...part };
  return thenRead(RULES, client.PUT(RULES, { params: over(version), body: { numbers, regions } }));
}

export function without<T>(all: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([one]) => one !== name));
}
