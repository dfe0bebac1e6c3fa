// Where the ids in the audit trail have their names: the list that each is of.

/** The lists, with the permission to read each. */
export const LISTS = {
  '/v1/analytics/boards': 'floor.watch',
  '/v1/integrations/connectors': 'webhooks.read',
  '/v1/integrations/keys': 'keys.read',
  '/v1/integrations/webhooks': 'webhooks.read',
  '/v1/ivr/calendars': 'flows.read',
  '/v1/ivr/flows': 'flows.read',
  '/v1/ivr/incidents': 'routing.read',
  '/v1/ivr/prompts': 'flows.read',
  '/v1/routing/people': 'people.read',
  '/v1/routing/profiles': 'routing.read',
  '/v1/routing/queues': 'routing.read',
  '/v1/routing/retention-classes': 'routing.read',
  '/v1/surveys': 'surveys.read',
  '/v1/tenants/permission-sets': 'people.read',
  '/v1/tenants/teams': 'people.read',
} as const;
export type List = keyof typeof LISTS;

/** Fields that hold ids wherever they stand. */
const OF: Readonly<Record<string, List>> = {
  agent: '/v1/routing/people',
  agent_id: '/v1/routing/people',
  agents: '/v1/routing/people',
  calendar_id: '/v1/ivr/calendars',
  connector_id: '/v1/integrations/connectors',
  endpoint_id: '/v1/integrations/webhooks',
  flow: '/v1/ivr/flows',
  flow_id: '/v1/ivr/flows',
  incident_id: '/v1/ivr/incidents',
  key_id: '/v1/integrations/keys',
  permission_set: '/v1/tenants/permission-sets',
  profile_id: '/v1/routing/profiles',
  prompt_id: '/v1/ivr/prompts',
  queue: '/v1/routing/queues',
  queue_id: '/v1/routing/queues',
  queues: '/v1/routing/queues',
  retention: '/v1/routing/retention-classes',
  survey_id: '/v1/surveys',
  teams: '/v1/tenants/teams',
};

/** The list that the ids of a field are of; the part of an address is of the list that stands before it. */
export function listOf(action: string, name: string): List | undefined {
  const before = action.split(`/{${name}}`)[0]?.replace(/^[A-Z]+ /, '') ?? '';
  return OF[name] ?? (action.includes(`{${name}}`) && before in LISTS ? (before as List) : undefined);
}

/** How many values there are in it, at any depth. */
export function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, one) => sum + sizeOf(one), 0);
}
