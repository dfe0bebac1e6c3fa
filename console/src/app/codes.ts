// Words for the codes of the API: events, their fields, reasons, and what the routing says of a match.
import { useTranslation } from 'react-i18next';

type Group = 'events' | 'fields' | 'codes' | 'dispositions';
type Phrases = Readonly<Record<string, string>>;

/** Codes by the group they are of; what is no code, as it is. */
export function useCodes() {
  const { t, i18n } = useTranslation('codes');
  const { t: desk } = useTranslation('desk');
  const { t: flows } = useTranslation('flows');
  const named = (group: Group, code: string): string => {
    const known = [code, `${code.split('_')[0]}_`].find((one) => i18n.exists(`codes:${group}.${one}`));
    return known === undefined ? code : t(`${group}.${known}` as 'events.contact_started');
  };
  const state = (code: string) => desk(`states.${code as 'busy'}`, { defaultValue: code });
  /** The value of a field that is one of a fixed set. */
  const value = (field: string, code: string): string => {
    if (field.endsWith('_state')) return state(code);
    if (field === 'node_type') return flows(`kinds.${code as 'say'}`, { defaultValue: code });
    return named('codes', code);
  };
  /** Phrases are said in the language of the server, so that they are recognised by it. */
  const phrase = (group: 'reasons' | 'waits', said: string): string | null => {
    const found = read(i18n.getResource('en-US', 'codes', group) as Phrases, said);
    if (!found) return null;
    const words = { ...found.values };
    if (words.state) words.state = state(words.state);
    if (words.states) words.states = words.states.replace(/[a-z_]{3,}/g, state);
    if (words.channel) words.channel = named('codes', words.channel);
    return t(`${group}.${found.name}` as 'reasons.idle', words as { idle: string });
  };
  /** Why a contact went to an agent: phrases with "; " between them. */
  const reason = (said: string): string =>
    said
      .split('; ')
      .map((one) => phrase('reasons', one) ?? one)
      .join('; ');
  return {
    event: (type: string) => named('events', type),
    field: (name: string) => named('fields', name),
    value,
    /** What a queue lets an agent choose: that of a starter by its word, a business's own as it was typed. */
    disposition: (code?: string | null) => (code ? named('dispositions', code).replaceAll('_', ' ') : ''),
    reason,
    /** Why a contact waits, or where it went. */
    why: (said: string) => phrase('waits', said) ?? reason(said),
  };
}

/** Which phrase was said, with what; null: none of them. */
export function read(phrases: Phrases, said: string) {
  for (const [name, phrase] of Object.entries(phrases)) {
    const names = [...phrase.matchAll(/\{\{(\w+)\}\}/g)].map((one) => one[1] ?? '');
    const pattern = phrase.split(/\{\{\w+\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const found = new RegExp(`^${pattern.join('(.+?)')}$`).exec(said);
    if (found)
      return { name, values: Object.fromEntries(names.map((one, index) => [one, found[index + 1] ?? ''])) };
  }
  return null;
}
