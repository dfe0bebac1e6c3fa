// Which fields of an event are shown, and which of those hold codes.
const names = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Names of things that only machines look up, and times that the line itself tells. */
export const HIDDEN = names(`event_id event_version type tenant dt at contact_id customer_id trial
  call_sid leg_sid recording_sid offer_id party_id voicemail_id survey_id visit flow_id flow_version
  origin_contact_id callback_contact_id incident_id enqueued_at accepted_at talk_at talk_ended_at started_at
  since_at paused_at`);

const CODES = names(`direction outcome reason end ended_by kind exit exit_reason outcome_reason recording_status
  from_state to_state from_reason endpoint first result status party_kind party_role party_end to_kind mode
  node_type`);
export const isCode = (field: string): boolean => CODES.has(field);
