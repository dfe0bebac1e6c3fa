// A value in the audit trail as people read it: ids by their names, times as times, what has parts as a list of them.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { useMay, useZone } from '@/app/me';
import { usePermissionWords } from '@/app/permissions';
import { languageName, moment, NONE } from '@/lib/format';
import { listOf, LISTS, sizeOf, type List } from './lists';

const LONGEST = 80; // characters of a value in the list; the whole entry is there on demand
const AT_ONCE = 5; // values that are shown without being asked for
const LEAST_MOMENT = 1e12; // ms since the epoch; less is a figure
const PERMISSIONS = new Set(['permissions', 'scopes']);
const MOMENTS = /(_at|^at|^since|_since|^until|_until)$/;

export interface Told {
  readonly action: string;
  /** Who a user id is of. */
  readonly who: (id: string) => string;
}
interface Given extends Told {
  readonly name: string;
  readonly value: unknown;
}

export function Value({ name, value, ...told }: Given) {
  const { t, i18n } = useTranslation();
  if (value === null || value === undefined || value === '') return NONE;
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return value.map((one, index) => (
      // oxlint-disable-next-line react/no-array-index-key -- what was sent may name one twice, and does not change
      <span key={index}>
        {index > 0 && (i18n.language === 'zh-CN' ? '、' : ', ')}
        <Text name={name} text={String(one)} {...told} />
      </span>
    ));
  if (typeof value === 'object') return <Folded value={value} {...told} />;
  if (typeof value === 'number' && value >= LEAST_MOMENT && MOMENTS.test(name)) return <Moment at={value} />;
  return <Text name={name} text={String(value)} {...told} />;
}

/** Names and values, one a line. */
export function Parts({ of, ...told }: Told & { readonly of: readonly (readonly [string, unknown])[] }) {
  const { t, i18n } = useTranslation('acts');
  return (
    <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
      {of.map(([name, value]) => (
        <li key={name}>
          <Typography.Text type="secondary">
            {t(`names.${name as 'note'}`, { defaultValue: name.replaceAll('_', ' ') })}
            {i18n.language === 'zh-CN' ? '：' : ': '}
          </Typography.Text>
          <Value name={name} value={value} {...told} />
        </li>
      ))}
    </ul>
  );
}

/** Few parts are shown at once; many when they are asked for, and drawn no sooner. */
function Folded({ value, ...told }: Told & { readonly value: object }) {
  const { t } = useTranslation('acts');
  const [open, setOpen] = useState(false);
  const count = sizeOf(value);
  const parts = Object.entries(value).map(
    ([name, one]) => [Array.isArray(value) ? String(Number(name) + 1) : name, one] as const,
  );
  if (count <= AT_ONCE) return <Inset parts={parts} {...told} />;
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('parts', { count })}</summary>
      {open && <Inset parts={parts} {...told} />}
    </details>
  );
}

function Inset({ parts, ...told }: Told & { readonly parts: readonly (readonly [string, unknown])[] }) {
  if (parts.length === 0) return NONE;
  return (
    <div style={{ paddingInlineStart: 12 }}>
      <Parts of={parts} {...told} />
    </div>
  );
}

function Text({ name, text, action, who }: Told & { readonly name: string; readonly text: string }) {
  const { t } = useTranslation('setup');
  const permission = usePermissionWords();
  const list = listOf(action, name);
  if (list) return <Named list={list} id={text} />;
  if (name === 'contact_id' || name === 'contact') return <ToContact id={text} />;
  if (name === 'customer_id') return <ToCustomer id={text} />;
  if (PERMISSIONS.has(name)) return permission(text);
  if (name === 'role') return t(`people.roles.${text as 'owner'}`, { defaultValue: text });
  if (name === 'language') return languageName(text);
  const said = who(text);
  return said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said;
}

function Moment({ at }: { readonly at: number }) {
  return moment(at, useZone());
}

interface Thing {
  readonly id: string;
  readonly name?: string;
  readonly url?: string;
}

// The lists have the same shape, which the types of the document cannot say.
const ask = client.request as unknown as (method: string, path: string) => Promise<{ data?: unknown }>;

/** Its name; the id of what is there no more, or whose name the person may not read. */
function Named({ list, id }: { readonly list: List; readonly id: string }) {
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['names', list],
    enabled: may(LISTS[list]),
    staleTime: 60_000,
    queryFn: async () => ((await ask('get', list)).data as { data: Thing[] }).data,
  });
  const found = data?.find((one) => one.id === id);
  return found?.name || found?.url || id;
}

function ToContact({ id }: { readonly id: string }) {
  return useMay()('contacts.read') ? (
    <Link to="/contacts/$id" params={{ id }}>
      {id}
    </Link>
  ) : (
    id
  );
}

function ToCustomer({ id }: { readonly id: string }) {
  return useMay()('customers.read') ? (
    <Link to="/customers/$id" params={{ id }}>
      {id}
    </Link>
  ) : (
    id
  );
}
