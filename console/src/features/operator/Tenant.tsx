// One tenant as the platform sees it: settings, suspending, its contacts while its owner lets operators in.
import { Link, useParams } from '@tanstack/react-router';
import { Alert, Button, Card, Col, DatePicker, Descriptions, Flex, Form, Input, Row } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { Problem } from '@/api/problem';
import { Mark } from '@/app/Mark';
import type { Schemas } from '@/app/me';
import { Modal } from '@/app/Overlay';
import { Page } from '@/app/Page';
import { useTell } from '@/app/problems';
import { Rows } from '@/app/Rows';
import { Loaded, Nothing } from '@/app/states';
import { usePlanName } from '@/features/business/plans';
import { countryName } from '@/lib/countries';
import { count, moment, NONE, span } from '@/lib/format';
import { Status } from './Desk';
import { Limits } from './Limits';
import { Orphans } from './Orphans';

type Settings = Schemas['TenantSettings'];
const ONE = '/v1/operator/tenants/{tenant_id}';

export default function Tenant() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = api.useQuery('get', ONE, { params: { path: { tenant_id: id } } });
  return <Loaded of={asked}>{() => asked.data && <Shown tenant={asked.data} />}</Loaded>;
}

function Shown({ tenant }: { readonly tenant: Settings }) {
  const { t } = useTranslation('operator');
  const plan = usePlanName();
  const [limits, setLimits] = useState(false);
  const own = Object.entries(tenant.limits).map(
    ([name, limit]) => `${t(`limit.${name as 'seats'}`)}: ${count(limit)}`,
  );
  const rows = [
    ['id', tenant.id],
    ['status', <Status key="s" status={tenant.status} />],
    ['since', moment(tenant.since || null, tenant.time_zone)],
    [
      'barred',
      tenant.barred ? (
        <Mark key="b" tone="warning">
          {t('yes')}
        </Mark>
      ) : (
        NONE
      ),
    ],
    ['plan', plan(tenant.plan)],
    ['region', countryName(tenant.region)],
    ['zone', tenant.time_zone],
    ['account', tenant.account_sid],
    ['limits', own.join(', ') || t('asPlan')],
  ] as const;
  return (
    <Page
      title={
        <>
          <Link to="/operator">{t('title')}</Link> / {tenant.name}
        </>
      }
      actions={<Bar tenant={tenant} />}
    >
      <Row gutter={[12, 12]}>
        <Col xs={24} lg={10}>
          <Card
            size="small"
            title={t('settings')}
            extra={
              <Button size="small" onClick={() => setLimits(true)}>
                {t('limits')}
              </Button>
            }
          >
            <Descriptions
              size="small"
              column={1}
              items={rows.map(([name, children]) => ({ key: name, label: t(name), children }))}
            />
          </Card>
        </Col>
        <Col xs={24} lg={14}>
          <Flex vertical gap={12}>
            <Contacts tenant={tenant} />
            <Orphans tenant={tenant} />
          </Flex>
        </Col>
      </Row>
      {limits && <Limits tenant={tenant} close={() => setLimits(false)} />}
    </Page>
  );
}

/** Suspending says why, which the tenant's owner reads; reinstating needs no reason. */
function Bar({ tenant }: { readonly tenant: Settings }) {
  const { t } = useTranslation('operator');
  const tell = useTell();
  const [asking, setAsking] = useState(false);
  const [form] = Form.useForm<{ reason: string }>();
  const params = { path: { tenant_id: tenant.id } };
  const again = async () => {
    setAsking(false);
    await queries.invalidateQueries({ queryKey: ['get', ONE] });
    await queries.invalidateQueries({ queryKey: ['operator'] });
  };
  if (tenant.barred)
    return (
      <Button
        type="primary"
        onClick={() => void client.DELETE(`${ONE}/suspension`, { params }).then(again, tell)}
      >
        {t('reinstate')}
      </Button>
    );
  return (
    <>
      <Button danger onClick={() => setAsking(true)}>
        {t('suspend')}
      </Button>
      {asking && (
        <Modal
          open
          title={t('suspendAsk', { name: tenant.name })}
          okText={t('suspend')}
          okButtonProps={{ danger: true }}
          onOk={() => form.submit()}
          onCancel={() => setAsking(false)}
        >
          <Alert type="warning" showIcon title={t('suspendHelp')} style={{ marginBottom: 12 }} />
          <Form
            form={form}
            layout="vertical"
            onFinish={(body) => void client.POST(`${ONE}/suspension`, { params, body }).then(again, tell)}
          >
            <Form.Item name="reason" label={t('reason')} rules={[{ required: true }]}>
              <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
            </Form.Item>
          </Form>
        </Modal>
      )}
    </>
  );
}

/** Only with the owner's consent; each look is in the tenant's audit trail, so nothing is asked for by itself. */
function Contacts({ tenant }: { readonly tenant: Settings }) {
  const { t } = useTranslation('operator');
  const [day, setDay] = useState<string | null>(null);
  const asked = api.useQuery(
    'get',
    `${ONE}/contacts`,
    { params: { path: { tenant_id: tenant.id }, query: { day: day ?? '' } } },
    { enabled: day !== null, retry: false },
  );
  const refused = asked.error instanceof Problem && (asked.error as Problem).status === 403;
  return (
    <Card
      size="small"
      title={t('contacts')}
      extra={
        <Flex gap={8}>
          <DatePicker
            size="small"
            aria-label={t('day')}
            placeholder={t('day')}
            value={day ? dayjs(day) : null}
            onChange={(chosen) => setDay(chosen ? chosen.format('YYYY-MM-DD') : null)}
          />
        </Flex>
      }
    >
      {day === null ? (
        <Nothing>{t('contactsHelp')}</Nothing>
      ) : refused ? (
        <Alert type="info" showIcon title={t('noConsent')} />
      ) : (
        <Rows<Schemas['ContactSummary']>
          of={asked}
          rows={asked.data?.data as Schemas['ContactSummary'][]}
          empty={t('noContacts')}
          columns={[
            { title: t('id'), dataIndex: 'id' },
            { title: t('began'), render: (_, one) => moment(one.started_at, tenant.time_zone) },
            { title: t('outcome'), dataIndex: 'outcome' },
            {
              title: t('length'),
              align: 'right',
              render: (_, one) =>
                one.ended_at === null ? NONE : span((one.ended_at - one.started_at) / 1000),
            },
          ]}
        />
      )}
    </Card>
  );
}
