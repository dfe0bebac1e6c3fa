// What the desk looks for lives in the URL.
import { z } from 'zod';

z.config({ jitless: true }); // the pages' content policy lets no text become code

export const statuses = [
  'active',
  'trialing',
  'past_due',
  'suspended',
  'closing',
  'closed',
  'provisioning',
  'provisioning_failed',
] as const;
const schema = z.object({
  query: z.coerce.string().optional().catch(undefined),
  status: z.enum(statuses).optional().catch(undefined),
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional()
    .catch(undefined),
});
export type Filters = z.infer<typeof schema>;
export const readFilters = (raw: Record<string, unknown>): Filters => schema.parse(raw);
