// The filters of these screens live in the URL.
import { z } from 'zod';

z.config({ jitless: true }); // the pages' content policy lets no text become code

export const LISTS = ['block', 'allow'] as const;
const screening = z.object({
  listed: z.enum(LISTS).optional().catch(undefined),
  number: z.coerce.string().optional().catch(undefined),
});
export type ScreeningFilters = z.infer<typeof screening>;
export const readScreening = (raw: Record<string, unknown>): ScreeningFilters => screening.parse(raw);

export const TABS = ['own', 'porting', 'papers', 'out'] as const;
const numbers = z.object({ tab: z.enum(TABS).catch('own') });
export type NumbersFilters = z.infer<typeof numbers>;
export const readNumbers = (raw: Record<string, unknown>): NumbersFilters => numbers.parse(raw);
