// A number in a form with its limits and its unit, said in the language of the person before the server has to.
import { Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';

export type Name = string | readonly (string | number)[];
/** How much of what is kept one of the unit is: times are kept in seconds. */
const UNITS = { none: 1, seconds: 1, minutes: 60, hours: 3600, percent: 1, hour: 1 } as const;

export interface Limits {
  readonly least: number;
  readonly most: number;
}
interface Given extends Limits {
  readonly name: Name;
  readonly label: string;
  readonly help?: string;
  readonly unit?: keyof typeof UNITS;
  /** What is kept while the field is empty; without it the field has to be filled. */
  readonly empty?: number;
}

/** least, most, empty: as they are kept. */
export function Amount({ name, label, help, unit = 'none', least, most, empty }: Given) {
  const { t } = useTranslation();
  const one = UNITS[unit];
  const fits = (kept: unknown) =>
    kept == null
      ? empty !== undefined
      : kept === empty || (typeof kept === 'number' && kept >= least && kept <= most);
  const range = t('range', { least: least / one, most: most / one });
  return (
    <Form.Item
      name={name as string}
      label={label}
      extra={help}
      getValueProps={(kept: number | null) => ({ value: kept == null || kept === empty ? null : kept / one })}
      normalize={(shown: number | null) => (shown == null ? (empty ?? null) : shown * one)}
      rules={[
        { validator: (_, kept) => (fits(kept) ? Promise.resolve() : Promise.reject(new Error(range))) },
      ]}
    >
      <InputNumber suffix={unit === 'none' ? undefined : t(`units.${unit}`)} style={{ width: 160 }} />
    </Form.Item>
  );
}
