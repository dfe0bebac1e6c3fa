import { numberIn } from '@/features/desk/targets';

/** One number a line, or with commas between; what is no number stays as it was typed, for the server to refuse. */
export const numbersIn = (typed: string): string[] =>
  typed
    .split(/[\n,;，；、]+/)
    .map((one) => one.trim())
    .filter(Boolean)
    .map((one) => numberIn(one) ?? one);
