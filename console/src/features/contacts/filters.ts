// The filters of the list live in the URL: what is shared or bookmarked shows the same.
import { z } from 'zod';

z.config({ jitless: true }); // the pages' content policy lets no text become code

export const outcomes = [
  'completed',
  'self_served',
  'abandoned',
  'left_in_flow',
  'not_served',
  'transferred_out',
  'voicemail',
  'callback',
  'unreached',
  'not_reached',
  'cancelled',
  'blocked',
  'failed',
] as const;
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .optional()
  .catch(undefined);
const words = z.coerce.string().optional().catch(undefined);

const common = z.object({ from: day, to: day, queue: words, agent: words });
export type Common = Partial<z.infer<typeof common>>;
export const readCommon = (raw: Record<string, unknown>): Common => common.parse(raw);

const schema = common.extend({
  outcome: z.enum(outcomes).optional().catch(undefined),
  number: words,
});
export type Filters = z.infer<typeof schema>;
export const readFilters = (raw: Record<string, unknown>): Filters => schema.parse(raw);
