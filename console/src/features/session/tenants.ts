// Working for another company that one belongs to: everything of the one before is left behind.
import { client } from '@/api/client';
import { useSession } from '@/api/tokens';

/** Whoever goes takes no calls any more: without this they would ring here until heartbeats are missed. */
export const offShift = () => client.DELETE('/v1/routing/agents/me/session').catch(() => {});

export async function workFor(tenant_id: string, takesCalls: boolean): Promise<void> {
  const { tokens, keep } = useSession.getState();
  const before = tokens?.refresh_token ?? '';
  const body = { tenant_id, refresh_token: before };
  const { data } = await client.POST('/v1/tenants/sessions/tenant', { body });
  if (!data) return;
  if (takesCalls) await offShift(); // by the token that is still kept: of the company that is left
  keep({ access_token: data.access_token, refresh_token: data.refresh_token ?? before });
  location.assign('/');
}
