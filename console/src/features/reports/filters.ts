// The filters of a report live in the URL: what is shared or bookmarked shows the same.
import { z } from 'zod';

z.config({ jitless: true }); // the pages' content policy lets no text become code

export const reportNames = ['volume', 'agents', 'ivr-keys', 'flow-paths'] as const;
export const grains = ['15min', '30min', 'hour', 'day', 'week', 'month', 'whole'] as const;
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const schema = z.object({
  report: z.enum(reportNames).catch('volume'),
  from: day.optional().catch(undefined),
  to: day.optional().catch(undefined),
  grain: z.enum(grains).optional().catch(undefined),
  by: z.enum(['queue', 'agent']).optional().catch(undefined),
  queue: z.string().optional().catch(undefined),
});

export type Filters = z.infer<typeof schema>;
export const readFilters = (raw: Record<string, unknown>): Filters => schema.parse(raw);
