// What an entry of the audit trail says, in words.
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/app/me';
import { Parts } from './Value';

type Act = Schemas['Act'];

/** Actions in words; what is none that is known, as it was written. */
export function useActions() {
  const { t, i18n } = useTranslation('acts');
  const known = i18n.getResource('en-US', 'acts', 'actions') as Readonly<Record<string, string>>;
  return {
    action: (code: string): string => {
      const route = code.replace(/\/$/, '');
      return route in known ? t(`actions.${route as 'set limits'}`) : code;
    },
    known: Object.keys(known),
  };
}

interface Given {
  readonly act: Act;
  readonly who: (id: string) => string;
}

/** The parts of the address and of what was sent, one a line. */
export function Details({ act, who }: Given) {
  return <Parts of={partsOf(act.about)} action={act.action} who={who} />;
}

function inside(value: unknown, name: string): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  return value === undefined ? {} : { [name]: value };
}

/** The names and values of all that was said; what was sent or asked for stands beside the address. */
export function partsOf(about: Readonly<Record<string, unknown>>): [string, unknown][] {
  const { body, query, ...address } = about;
  return Object.entries({ ...inside(body, 'body'), ...inside(query, 'query'), ...address });
}
