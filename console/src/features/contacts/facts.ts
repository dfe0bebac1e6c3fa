// Which fields of an event are shown, and which of those hold codes.
const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Names of things that only machines look up, and times that the line itself tells. */
export const HIDDEN = names(`event_id event_version type tenant dt at contact_id customer_id trial
  call_sid leg_sid recording_sid offer_id party_id voicemail_id survey_id visit flow_id flow_version
  origin_contact_id callback_contact_id incident_id enqueued_at accepted_at talk_at talk_ended_at started_at
  since_at paused_at`);

const CODES =
  names(`direction outcome reason end ended_by kind exit exit_reason outcome_reason recording_status
  from_state to_state from_reason endpoint first result status party_kind party_role party_end to_kind mode
  node_type`);
export const isCode = (field: string): boolean => CODES.has(field);

const UNIT = 1024;

/** bytes: of a file, in the largest unit of which there is one at least. */
export function sizeOf(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const which = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(UNIT)));
  return `${Number((bytes / UNIT ** which).toFixed(which ? 1 : 0))} ${units[which]}`;
}

/** By which rule a recording was deleted, as the server writes it. */
export function ruleOf(written: string) {
  const [, name = '', days = ''] = /^retention: (.+), (\d+) days$/.exec(written) ?? [];
  if (days) return { name: 'retention', values: { name, days } } as const;
  if (written === 'deleted by hand') return { name: 'hand', values: {} } as const;
  if (written === 'erasure of a person') return { name: 'person', values: {} } as const;
  return { name: 'other', values: { rule: written } } as const;
}
