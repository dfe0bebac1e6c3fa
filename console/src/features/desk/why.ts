// Why a call comes: the queue by its name, and what the caller chose last.
import type { Work } from './useDesk';

export function whyOf({
  customer,
}: {
  readonly customer: Pick<Work['customer'], 'queue_name' | 'menu' | 'choice'>;
}) {
  const chose = customer.choice && `${customer.menu}: ${customer.choice}`;
  return [customer.queue_name, chose].filter(Boolean).join(' · ');
}
