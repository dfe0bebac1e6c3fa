// Headings and cells of reports, in words.
import { useTranslation } from 'react-i18next';
import { useCodes } from '@/app/codes';
import type { Schemas } from '@/app/me';
import { useNames } from '@/app/Pick';
import { NONE } from '@/lib/format';
import { useFigure } from './figure';

type Column = Schemas['Column'];

export const isName = (column: Column): boolean => column.unit === 'name' || column.unit === 'time';

/** The heading of a column. */
export function useHeading(): (name: string) => string {
  const { t, i18n } = useTranslation('reports');
  return (name) => {
    const key = [`measures.${name}`, `dimensions.${name}`].find((one) => i18n.exists(one, { ns: 'reports' }));
    return key ? t(key as 'measures.offered') : name;
  };
}

export function useCells(): (column: Column, value: unknown) => string {
  const figure = useFigure();
  const queue = useNames('/v1/routing/queues');
  const agent = useNames('/v1/routing/people');
  const survey = useNames('/v1/surveys');
  const codes = useCodes();
  const { t } = useTranslation('contacts');
  return (column, value) => {
    const text = String(value ?? '');
    if (column.unit === 'name' && !text) return NONE;
    if (column.name === 'queue') return queue(text);
    if (column.name === 'agent') return agent(text);
    if (column.name === 'survey') return survey(text);
    if (column.name === 'outcome_reason' || column.name === 'exit_reason')
      return codes.value(column.name, text);
    if (column.name === 'outcome')
      return t(`outcomes.${text}` as 'outcomes.completed', { defaultValue: text });
    return figure(column.unit, value);
  };
}
