// One customer: who they are, how they are served, and when they were in contact.
import { EditOutlined } from '@ant-design/icons';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Card, Col, Flex, Row, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '@/api/client';
import { useCodes } from '@/app/codes';
import { FactsCard } from '@/app/FactsCard';
import { Mark } from '@/app/Mark';
import { useMay, useZone, type Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { useNames } from '@/app/Pick';
import { Rows } from '@/app/Rows';
import { Loaded } from '@/app/states';
import { languageName, moment, NONE, span } from '@/lib/format';
import { usePages } from '@/lib/pages';
import { CustomerDrawer } from './CustomerDrawer';
import { changed, ONE, type Customer as One } from './customers';
import { Erase, Export } from './Privacy';
import { Tags } from './Tags';

type Entry = Schemas['TimelineEntry'];

export default function Customer() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = api.useQuery('get', ONE, { params: { path: { customer_id: id } } });
  return <Loaded of={asked}>{() => asked.data && <Shown customer={asked.data} />}</Loaded>;
}

function Shown({ customer }: { readonly customer: One }) {
  const { t } = useTranslation('customers');
  return (
    <Page
      title={
        <>
          <Link to="/customers">{t('title')}</Link> / {customer.name || t('nameless')}
        </>
      }
      actions={
        <>
          <Edit customer={customer} />
          <Export customer={customer} />
          <Erase customer={customer} />
        </>
      }
    >
      <Row gutter={[12, 12]}>
        <Col xs={24} lg={9}>
          <Facts customer={customer} />
        </Col>
        <Col xs={24} lg={15}>
          <Card size="small" title={t('contacts')}>
            <Contacts customer={customer.id} />
          </Card>
        </Col>
      </Row>
    </Page>
  );
}

function Edit({ customer }: { readonly customer: One }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!useMay()('customers.write')) return null;
  return (
    <>
      <Button icon={<EditOutlined />} onClick={() => setOpen(true)}>
        {t('edit')}
      </Button>
      {open && (
        <CustomerDrawer
          title={t('edit')}
          customer={customer}
          submit={(draft) => changed(customer, draft)}
          close={() => setOpen(false)}
        />
      )}
    </>
  );
}

function Facts({ customer }: { readonly customer: One }) {
  const { t } = useTranslation('customers');
  const { numbers, language, tier, tags, last_score: score } = customer;
  const rows = [
    ['name', customer.name || NONE],
    [
      'numbers',
      <Flex key="numbers" vertical>
        {numbers.length
          ? numbers.map((one) => (
              <Typography.Text key={one} copyable>
                {one}
              </Typography.Text>
            ))
          : NONE}
      </Flex>,
    ],
    ['language', languageName(language)],
    [
      'tier',
      tier ? (
        <Mark key="tier" tone="warning">
          {tier}
        </Mark>
      ) : (
        NONE
      ),
    ],
    ['tags', tags.length ? <Tags key="tags" tags={tags} /> : NONE],
    ['score', score === null ? NONE : t('ofHundred', { score: Math.round(score) })],
  ] as const;
  return (
    <FactsCard
      title={t('facts')}
      facts={rows.map(([name, children]) => ({ key: name, label: t(name), children }))}
    />
  );
}

function Contacts({ customer }: { readonly customer: string }) {
  const { t } = useTranslation('customers');
  const { t: contacts } = useTranslation('contacts');
  const zone = useZone();
  const codes = useCodes();
  const queue = useNames('/v1/routing/queues');
  const names = useMay()('people.read');
  const leads = useMay()('contacts.read');
  const asked = usePages<Entry>(['customer contacts', customer], (from) =>
    client.GET(`${ONE}/contacts`, { params: { path: { customer_id: customer }, query: from } }),
  );
  return (
    <Rows<Entry>
      of={asked}
      rowKey="contact_id"
      rows={asked.rows}
      empty={t('noContacts')}
      columns={[
        {
          title: contacts('started'),
          render: (_, { contact_id: id, started_at: at }) =>
            leads ? (
              <Link to="/contacts/$id" params={{ id }}>
                {moment(at, zone)}
              </Link>
            ) : (
              moment(at, zone)
            ),
        },
        { title: contacts('queue'), render: (_, one) => (one.queue ? queue(one.queue) : NONE) },
        {
          title: contacts('agent'),
          hidden: !names,
          render: (_, one) => (one.agent_id ? <Agent id={one.agent_id} /> : NONE),
        },
        {
          title: contacts('outcome'),
          render: (_, { outcome }) =>
            contacts(`outcomes.${outcome as 'completed'}`, { defaultValue: outcome }),
        },
        { title: contacts('disposition'), render: (_, one) => codes.disposition(one.disposition) },
        {
          title: contacts('length'),
          align: 'right',
          render: (_, one) => span((one.ended_at - one.started_at) / 1000),
        },
      ]}
    />
  );
}

function Agent({ id }: { readonly id: string }) {
  return useNames('/v1/routing/people')(id);
}
