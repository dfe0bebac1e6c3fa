// One contact: what happened in order, the agent's work, the survey, what it cost.
import { useParams } from '@tanstack/react-router';
import { Card, Col, Descriptions, Row, Table, Timeline, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useZone, type Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { useNames } from '@/app/Pick';
import { Loaded } from '@/app/states';
import { moment, money, NONE, span } from '@/lib/format';
import type { outcomes } from './Contacts';

type ContactPage = Schemas['ContactPage'];
interface Event {
  readonly event_id: string;
  readonly type: string;
  readonly at: number;
  readonly [more: string]: unknown;
}
const HIDDEN = new Set([
  'event_id',
  'type',
  'at',
  'tenant',
  'dt',
  'contact_id',
  'event_version',
  'entity_version',
]);

export default function Contact() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = api.useQuery('get', '/v1/analytics/contacts/{contact_id}', {
    params: { path: { contact_id: id } },
  });
  return <Loaded of={asked}>{() => <Shown page={asked.data as ContactPage} />}</Loaded>;
}

function Shown({ page }: { readonly page: ContactPage }) {
  const { t } = useTranslation('contacts');
  const zone = useZone();
  const queue = useNames('/v1/routing/queues');
  const agent = useNames('/v1/routing/people');
  const { contact } = page;
  const length = contact.ended_at === null ? NONE : span((contact.ended_at - contact.started_at) / 1000);
  return (
    <Page
      title={contact.customer_name || contact.customer_number}
      actions={
        <Typography.Text copyable type="secondary">
          {contact.id}
        </Typography.Text>
      }
    >
      <Row gutter={[12, 12]}>
        <Col xs={24} lg={14}>
          <Events events={page.timeline as unknown as Event[]} />
        </Col>
        <Col xs={24} lg={10}>
          <Card size="small" title={t('facts')} style={{ marginBottom: 12 }}>
            <Descriptions
              size="small"
              column={1}
              items={[
                {
                  key: 'o',
                  label: t('outcome'),
                  children: t(`outcomes.${contact.outcome as (typeof outcomes)[number]}`, {
                    defaultValue: contact.outcome || NONE,
                  }),
                },
                { key: 's', label: t('started'), children: moment(contact.started_at, zone) },
                { key: 'l', label: t('length'), children: length },
                { key: 'q', label: t('queue'), children: contact.queue ? queue(contact.queue) : NONE },
                { key: 'a', label: t('agent'), children: contact.agent_id ? agent(contact.agent_id) : NONE },
                { key: 'd', label: t('disposition'), children: page.work?.disposition || NONE },
                { key: 'n', label: t('notes'), children: page.work?.notes || NONE },
                ...Object.entries(page.answers).map(([question, value]) => ({
                  key: question,
                  label: `${t('survey')}: ${question}`,
                  children: value,
                })),
              ]}
            />
          </Card>
          {page.cost && <Cost cost={page.cost} />}
        </Col>
      </Row>
    </Page>
  );
}

function Events({ events }: { readonly events: readonly Event[] }) {
  const { t } = useTranslation('contacts');
  const zone = useZone();
  const facts = (event: Event) =>
    Object.entries(event)
      .filter(
        ([key, value]) => !HIDDEN.has(key) && value !== '' && value !== null && typeof value !== 'object',
      )
      .map(([key, value]) => `${key}: ${String(value)}`)
      .join(' · ');
  const items = events.map((event) => ({
    key: event.event_id,
    content: (
      <>
        <strong>{event.type}</strong>{' '}
        <Typography.Text type="secondary">{moment(event.at, zone, { timeStyle: 'medium' })}</Typography.Text>
        <br />
        <Typography.Text type="secondary">{facts(event)}</Typography.Text>
      </>
    ),
  }));
  return (
    <Card size="small" title={t('happened')}>
      <Timeline items={items} />
    </Card>
  );
}

function Cost({ cost }: { readonly cost: Schemas['ContactCharges'] }) {
  const { t } = useTranslation('contacts');
  const rows = cost.lines as unknown as Readonly<Record<string, string>>[];
  return (
    <Card size="small" title={t('cost')} extra={<strong>{money(cost.total, cost.currency, 4)}</strong>}>
      <Table
        size="small"
        rowKey={(row) => Object.values(row).join()}
        pagination={false}
        showHeader={false}
        dataSource={rows}
        columns={[
          { render: (_, row) => row.description ?? row.meter ?? row.feature },
          {
            align: 'right',
            render: (_, row) => money(row.amount ?? row.total ?? row.list, cost.currency, 5),
          },
        ]}
      />
    </Card>
  );
}
