// What is looked for lives in the URL: a number, or how a name begins.
import { z } from 'zod';

z.config({ jitless: true }); // the pages' content policy lets no text become code

const schema = z.object({ q: z.coerce.string().optional().catch(undefined) });
export type Filters = z.infer<typeof schema>;
export const readFilters = (raw: Record<string, unknown>): Filters => schema.parse(raw);

const LEAST_DIGITS = 3;

/** Whether a number is meant, as people write them: +1 (415) 555-0123. */
export const isNumber = (words: string): boolean =>
  /^\+?[\d\s().-]+$/.test(words) && words.replace(/\D/g, '').length >= LEAST_DIGITS;
