// An agent's state: colour, word and shape together.
import { useTranslation } from 'react-i18next';
import { light } from '@/theme/tokens';
import { useCodes } from './codes';

export const agentStates = ['offline', 'available', 'away', 'reserved', 'busy', 'wrap_up'] as const;
export type State = (typeof agentStates)[number];

const COLOUR: Readonly<Record<State, string>> = {
  offline: light.offline,
  available: light.available,
  away: light.away,
  reserved: light.ringing,
  busy: light.onCall,
  wrap_up: light.wrapUp,
};
const SHAPE: Readonly<Record<State, string>> = {
  offline: '○',
  available: '●',
  away: '◐',
  reserved: '◎',
  busy: '■',
  wrap_up: '▣',
};

export function AgentState({ state, reason }: { readonly state: State; readonly reason?: string }) {
  const { t, i18n } = useTranslation('desk');
  const codes = useCodes();
  const named = (why: string) =>
    i18n.exists(`desk:reasons.${why}`) ? t(`reasons.${why as 'break'}`) : codes.value('reason', why);
  return (
    <span style={{ color: COLOUR[state], whiteSpace: 'nowrap' }}>
      <span aria-hidden>{SHAPE[state]}</span> {t(`states.${state}`)}
      {reason && state === 'away' ? ` · ${named(reason)}` : ''}
    </span>
  );
}
