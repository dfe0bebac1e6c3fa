// What happened to a contact, in order: in words, with its facts.
import { Card, Timeline, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCodes } from '@/app/codes';
import { useZone, type Schemas } from '@/app/me';
import { useNames } from '@/app/Pick';
import { Nothing } from '@/app/states';
import { languageName, moment, span } from '@/lib/format';
import { HIDDEN, isCode } from './facts';

type Told = Schemas['ContactPage']['timeline'][number];
const GRAVE = /failed|lost|abandon|declined|drifted/;

export function Events({ events }: { readonly events: readonly Told[] }) {
  const { t } = useTranslation('contacts');
  const zone = useZone();
  const facts = useFacts();
  const codes = useCodes();
  const began = Number(events[0]?.at ?? 0);
  const items = events.map((event) => ({
    key: String(event.event_id),
    color: GRAVE.test(String(event.type)) ? 'red' : 'blue',
    content: (
      <>
        <strong>{codes.event(String(event.type))}</strong>{' '}
        <Typography.Text type="secondary">
          {moment(Number(event.at), zone, { timeStyle: 'medium' })} · +
          {span((Number(event.at) - began) / 1000)}
        </Typography.Text>
        <br />
        <Typography.Text type="secondary">{facts(event)}</Typography.Text>
      </>
    ),
  }));
  return (
    <Card size="small" title={t('happened')}>
      {items.length ? <Timeline items={items} /> : <Nothing>{t('nothingYet')}</Nothing>}
    </Card>
  );
}

function useFacts(): (event: Told) => string {
  const queue = useNames('/v1/routing/queues');
  const agent = useNames('/v1/routing/people');
  const zone = useZone();
  const codes = useCodes();
  const { t } = useTranslation();
  const said = (type: unknown, key: string, value: unknown): string => {
    const text = String(value);
    if (key === 'queue_id' || key === 'also_queue_id') return queue(text);
    if (key.endsWith('agent_id')) return agent(text);
    if (key.endsWith('_at') && typeof value === 'number') return moment(value, zone, { timeStyle: 'medium' });
    if (key.endsWith('_s') && typeof value === 'number') return span(value);
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (key === 'language') return languageName(text);
    if (key === 'reason' && type === 'offer_made') return codes.reason(text);
    return isCode(key) ? codes.value(key, text) : text;
  };
  return (event) =>
    Object.entries(event)
      .filter(
        ([key, value]) => !HIDDEN.has(key) && value !== '' && value != null && typeof value !== 'object',
      )
      .map(([key, value]) => `${codes.field(key)}: ${said(event.type, key, value)}`)
      .join(' · ');
}
