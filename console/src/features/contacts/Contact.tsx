// One contact: what happened in order, its recordings, the agent's work, the survey, what it cost.
import { Link, useParams } from '@tanstack/react-router';
import { Card, Col, Flex, Row, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useCodes } from '@/app/codes';
import { FactsCard } from '@/app/FactsCard';
import { useMay, useZone, type Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { useNames } from '@/app/Pick';
import { Loaded } from '@/app/states';
import { count, moment, money, NONE, span } from '@/lib/format';
import { Events } from './Events';
import { Evidence } from './Evidence';
import type { outcomes } from './filters';
import { HoldMark, PutOnHold, useHoldOn } from './LegalHold';
import { Recordings } from './Recordings';

type ContactPage = Schemas['ContactPage'];

export default function Contact() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = api.useQuery(
    'get',
    '/v1/analytics/contacts/{contact_id}',
    { params: { path: { contact_id: id } } },
    { refetchInterval: (query) => (query.state.data?.contact.ended_at === null ? 3_000 : false) },
  );
  return <Loaded of={asked}>{() => asked.data && <Shown page={asked.data} />}</Loaded>;
}

function Shown({ page }: { readonly page: ContactPage }) {
  const { contact } = page;
  const { t } = useTranslation('contacts');
  const hold = useHoldOn(contact.id);
  return (
    <Page
      title={
        <>
          <Link to="/contacts">{t('title')}</Link> / {contact.customer_name || contact.customer_number}
        </>
      }
      actions={
        <Flex gap={8} align="center" wrap>
          <Typography.Text copyable type="secondary">
            {contact.id}
          </Typography.Text>
          {!hold && <PutOnHold contact={contact.id} />}
        </Flex>
      }
    >
      {hold && <HoldMark hold={hold} />}
      <Row gutter={[12, 12]}>
        <Col xs={24} lg={14}>
          <Flex vertical gap={12}>
            {page.recordings.length > 0 && (
              <Recordings recordings={page.recordings} held={hold !== undefined} />
            )}
            <Events events={page.timeline} />
          </Flex>
        </Col>
        <Col xs={24} lg={10}>
          <Flex vertical gap={12}>
            <Facts page={page} />
            {Object.keys(page.answers).length > 0 && <Survey answers={page.answers} />}
            {Object.keys(page.attributes).length > 0 && <Learnt attributes={page.attributes} />}
            {page.cost && <Cost cost={page.cost} />}
            {contact.ended_at !== null && <Evidence contact={contact.id} />}
          </Flex>
        </Col>
      </Row>
    </Page>
  );
}

function Facts({ page: { contact, work } }: { readonly page: ContactPage }) {
  const { t } = useTranslation('contacts');
  const zone = useZone();
  const queue = useNames('/v1/routing/queues');
  const agent = useNames('/v1/routing/people');
  const length =
    contact.ended_at === null ? t('underWay') : span((contact.ended_at - contact.started_at) / 1000);
  const outcome = t(`outcomes.${contact.outcome as (typeof outcomes)[number]}`, {
    defaultValue: contact.outcome || NONE,
  });
  const codes = useCodes();
  const rows = [
    ['outcome', [outcome, codes.value('outcome_reason', contact.outcome_reason)].filter(Boolean).join(' · ')],
    ['customer', <Customer key="customer" contact={contact} />],
    ['number', contact.customer_number],
    ['started', moment(contact.started_at, zone)],
    ['length', length],
    ['queue', contact.queue ? queue(contact.queue) : NONE],
    ['agent', contact.agent_id ? agent(contact.agent_id) : NONE],
    ['hold', work ? span(work.hold_s) : NONE],
    ['disposition', work?.disposition ? codes.disposition(work.disposition) : NONE],
    ['notes', work?.notes || NONE],
  ] as const;
  return (
    <FactsCard
      title={t('facts')}
      facts={rows.map(([name, children]) => ({ key: name, label: t(name), children }))}
    />
  );
}

/** Leads to who called; a number that nobody has yet to where it can be added. */
function Customer({ contact }: { readonly contact: ContactPage['contact'] }) {
  const { t } = useTranslation('contacts');
  const may = useMay();
  const { customer_id: id, customer_name: name, customer_number: number } = contact;
  if (!may('customers.read') || !(id || number)) return name || NONE;
  return id ? (
    <Link to="/customers/$id" params={{ id }}>
      {name || number}
    </Link>
  ) : (
    <Link to="/customers" search={{ q: number }}>
      {t('unknownCustomer')}
    </Link>
  );
}

function Survey({ answers }: { readonly answers: ContactPage['answers'] }) {
  const { t } = useTranslation('contacts');
  const facts = Object.entries(answers).map(([question, value]) => ({
    key: question,
    label: question,
    children: count(value),
  }));
  return <FactsCard title={t('survey')} facts={facts} />;
}

/** What the call learned on its way: keys, digits, what systems said. */
function Learnt({ attributes }: { readonly attributes: ContactPage['attributes'] }) {
  const { t } = useTranslation('contacts');
  const facts = Object.entries(attributes).map(([name, value]) => ({
    key: name,
    label: name,
    children: value,
  }));
  return <FactsCard title={t('learnt')} facts={facts} />;
}

function Cost({ cost }: { readonly cost: Schemas['ContactCharges'] }) {
  const { t } = useTranslation('contacts');
  const codes = useCodes();
  return (
    <Card size="small" title={t('cost')} extra={<strong>{money(cost.total, cost.currency, 4)}</strong>}>
      <Table<Schemas['ContactLine']>
        size="small"
        rowKey={(row) => [row.meter, row.service, row.unit].join()}
        pagination={false}
        dataSource={cost.lines}
        columns={[
          {
            title: t('costs.feature'),
            render: (_, row) =>
              [...new Set([row.feature, row.service])].map((one) => codes.value('feature', one)).join(' · '),
          },
          {
            title: t('costs.quantity'),
            align: 'right',
            render: (_, row) => `${row.quantity} ${codes.value('unit', row.unit)}`,
          },
          { title: t('cost'), align: 'right', render: (_, row) => money(row.cost, cost.currency, 5) },
        ]}
      />
    </Card>
  );
}
