// What an entry of the audit trail says, in words.
import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/app/me';

type Act = Schemas['Act'];
const LONGEST = 80; // characters of a value in the list; the whole entry is there on demand

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
  const { t } = useTranslation('acts');
  const { t: app, i18n } = useTranslation();
  const separator = i18n.language === 'zh-CN' ? '、' : ', ';
  const said = (value: unknown): string => {
    if (typeof value === 'boolean') return app(value ? 'yes' : 'no');
    if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
      return value.map(said).join(separator);
    if (typeof value === 'object' && value !== null) return '…';
    const text = who(String(value ?? '–'));
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  };
  return (
    <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
      {partsOf(act.about).map(([name, value]) => (
        <li key={name}>
          <Typography.Text type="secondary">
            {t(`names.${name as 'note'}`, { defaultValue: name.replaceAll('_', ' ') })}
            {i18n.language === 'zh-CN' ? '：' : ': '}
          </Typography.Text>
          {said(value)}
        </li>
      ))}
    </ul>
  );
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
