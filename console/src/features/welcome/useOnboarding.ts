// The checklist as the server has it: its ticks are what the tenant really has.
import { api, queries } from '@/api/client';
import type { Schemas } from '@/app/me';

export type Onboarding = Schemas['OnboardingView'];
export const PATH = '/v1/tenants/onboarding';
const LOOK_AGAIN_MS = 4000;

export const STEPS = ['hours', 'size', 'number', 'flow', 'invite', 'test_call', 'go_live'] as const;
export type StepName = (typeof STEPS)[number];

/** What is needed before going live. */
export const NEEDED: readonly StepName[] = ['hours', 'number', 'flow', 'test_call'];

/** watch: ask again and again, as other screens and other people get things done. */
export function useOnboarding({ enabled = true, watch = false } = {}) {
  const asked = api.useQuery('get', PATH, {}, { enabled, refetchInterval: watch ? LOOK_AGAIN_MS : false });
  const known = asked.data as Onboarding | undefined;
  const isDone = (step: StepName) => known?.steps.some((one) => one.name === step && one.done) ?? false;
  return { ...asked, known, isDone };
}

/** What a change answered is what is shown. */
export const show = (answer: unknown): void => {
  queries.setQueryData(['get', PATH, {}], answer as Onboarding);
};

export const lookAgain = (): Promise<void> => queries.invalidateQueries({ queryKey: ['get', PATH] });
