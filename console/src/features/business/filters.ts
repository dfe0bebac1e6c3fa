// The filters of these screens live in the URL.
import { z } from 'zod';

z.config({ jitless: true }); // the pages' content policy lets no text become code

export const PARTS = ['day', 'feature', 'queue', 'service'] as const;

const usage = z.object({
  by: z.enum(PARTS).catch('day'),
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/)
    .optional()
    .catch(undefined),
});
export type Filters = z.infer<typeof usage>;
export const readUsage = (raw: Record<string, unknown>): Filters => usage.parse(raw);

const words = z.string().optional().catch(undefined);
const audit = z.object({ actor: words, action: words });
export type AuditFilters = z.infer<typeof audit>;
export const readAudit = (raw: Record<string, unknown>): AuditFilters => audit.parse(raw);

export const STATES = ['pending', 'delivered', 'exhausted', 'missed'] as const;
const deliveries = z.object({ state: z.enum(STATES).optional().catch(undefined), type: words });
export type DeliveryFilters = z.infer<typeof deliveries>;
export const readDeliveries = (raw: Record<string, unknown>): DeliveryFilters => deliveries.parse(raw);
