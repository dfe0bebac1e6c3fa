// A number in a form with its limits and its unit, said in the language of the person before the server has to.
import { Form, InputNumber, type FormItemProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { count } from '@/lib/format';

export type Name = string | readonly (string | number)[];
/** How much of what is kept one of the unit is: times are kept in seconds. */
const UNITS = { none: 1, seconds: 1, minutes: 60, hours: 3600, percent: 1, hour: 1 } as const;
const DIGITS = 3;

interface Limits {
  readonly least: number;
  readonly most: number;
  readonly unit?: keyof typeof UNITS;
  /** What is kept while the field is empty; without it the field has to be filled. */
  readonly empty?: number;
}
interface Given extends Limits {
  readonly name: Name;
  readonly label: string;
  readonly help?: string;
}

/** least, most, empty: as they are kept. */
export function Amount({ name, label, help, ...limits }: Given) {
  const { t } = useTranslation();
  const { unit = 'none' } = limits;
  return (
    <Form.Item name={name as string} label={label} extra={help} {...useAmount(limits)}>
      <InputNumber suffix={unit === 'none' ? undefined : t(`units.${unit}`)} style={{ width: 160 }} />
    </Form.Item>
  );
}

/** What makes the field of a form one for an amount. */
export function useAmount({ least, most, unit = 'none', empty }: Limits): FormItemProps {
  const { t } = useTranslation();
  const one = UNITS[unit];
  const fits = (kept?: number | null) =>
    kept == null ? empty !== undefined : kept === empty || (kept >= least && kept <= most);
  const range = t('range', { least: count(least / one), most: count(most / one) });
  return {
    getValueProps: (kept?: number | null) => ({
      value: kept == null || kept === empty ? null : Number((kept / one).toFixed(DIGITS)),
    }),
    normalize: (shown: number | null) => (shown == null ? (empty ?? null) : shown * one),
    rules: [{ validator: (_, kept) => (fits(kept) ? Promise.resolve() : Promise.reject(new Error(range))) }],
  };
}
