// What happened to a contact, in order: in words, with its facts.
import { Card, Timeline, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useZone, type Schemas } from '@/app/me';
import { useNames } from '@/app/Pick';
import { Nothing } from '@/app/states';
import { moment, span } from '@/lib/format';

type Told = Schemas['ContactPage']['timeline'][number];
const HIDDEN = new Set([
  'event_id',
  'type',
  'at',
  'tenant',
  'tenant_id',
  'dt',
  'contact_id',
  'customer_id',
  'event_version',
  'entity_version',
  'version',
  'trial',
]);
const GRAVE = /failed|lost|abandon|declined|drifted/;

export function Events({ events }: { readonly events: readonly Told[] }) {
  const { t } = useTranslation('contacts');
  const zone = useZone();
  const facts = useFacts();
  const began = Number(events[0]?.at ?? 0);
  const items = events.map((event) => ({
    key: String(event.event_id),
    color: GRAVE.test(String(event.type)) ? 'red' : 'blue',
    content: (
      <>
        <strong>
          {t(`events.${String(event.type)}` as 'events.contact_started', {
            defaultValue: String(event.type),
          })}
        </strong>{' '}
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
  const said = (key: string, value: unknown): string => {
    const text = String(value);
    if (key === 'queue_id' || key === 'also_queue_id') return queue(text);
    if (key.endsWith('agent_id')) return agent(text);
    if (key.endsWith('_at') && typeof value === 'number') return moment(value, zone, { timeStyle: 'medium' });
    if (key.endsWith('_s') && typeof value === 'number') return span(value);
    return text;
  };
  return (event) =>
    Object.entries(event)
      .filter(
        ([key, value]) => !HIDDEN.has(key) && value !== '' && value != null && typeof value !== 'object',
      )
      .map(([key, value]) => `${key.replaceAll('_', ' ')}: ${said(key, value)}`)
      .join(' · ');
}
