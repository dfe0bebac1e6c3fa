// The filters of a report live in the URL: what is shared or bookmarked shows the same.
import { z } from 'zod';

z.config({ jitless: true }); // the pages' content policy lets no text become code

export const reportNames = [
  'volume',
  'queues',
  'agents',
  'outcomes',
  'dispositions',
  'satisfaction',
  'ivr-keys',
  'flow-paths',
] as const;
export type ReportName = (typeof reportNames)[number];
export const grains = ['15min', '30min', '60min', 'day', 'whole'] as const;
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const words = z.string().optional().catch(undefined);

const schema = z.object({
  report: z.enum(reportNames).catch('volume'),
  from: day.optional().catch(undefined),
  to: day.optional().catch(undefined),
  grain: z.enum(grains).optional().catch(undefined),
  by: z.enum(['queue', 'agent']).optional().catch(undefined),
  queue: words,
  agent: words,
  survey: words,
  compare: z.boolean().optional().catch(undefined),
});

export type Filters = z.infer<typeof schema>;
export const readFilters = (raw: Record<string, unknown>): Filters => schema.parse(raw);
