// My day: my contacts and my figures, today, yesterday or this week.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Col, Row, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useCodes } from '@/app/codes';
import { useMay, useZone } from '@/app/me';
import { Page } from '@/app/Page';
import { useNames } from '@/app/Pick';
import { Rows } from '@/app/Rows';
import { DeviceCheck } from '@/features/desk/DeviceCheck';
import { useCheck } from '@/features/desk/checking';
import { dayIn, range } from '@/features/reports/period';
import { moment } from '@/lib/format';
import { useNow } from '@/lib/useNow';
import { MyFigures } from './MyFigures';

const RANGES = ['today', 'yesterday', 'week'] as const;
type Range = (typeof RANGES)[number];

export default function Mine() {
  const { t } = useTranslation('mine');
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const go = useNavigate();
  const check = useCheck();
  const chosen = RANGES.find((one) => one === search.range) ?? 'today';
  const days = range(chosen, dayIn(useNow(60_000), useZone()));
  return (
    <Page
      title={t('title')}
      actions={
        <>
          <Button onClick={check.on ? check.end : check.begin}>{t('check')}</Button>
          <Segmented
            value={chosen}
            onChange={(next: Range) => void go({ to: '.', search: { range: next }, replace: true })}
            options={RANGES.map((value) => ({ value, label: t(`ranges.${value}`) }))}
            aria-label={t('range')}
          />
        </>
      }
    >
      <Row gutter={[12, 12]}>
        <Col xs={24} lg={16}>
          <MyContacts {...days} />
        </Col>
        <Col xs={24} lg={8}>
          {check.on && <DeviceCheck />}
          <MyFigures {...days} />
        </Col>
      </Row>
    </Page>
  );
}

function MyContacts({ from, to }: { readonly from: string; readonly to: string }) {
  const { t } = useTranslation('mine');
  const zone = useZone();
  const may = useMay();
  const queue = useNames('/v1/routing/queues');
  const asked = api.useQuery(
    'get',
    '/v1/analytics/me/contacts',
    { params: { query: { from, to, limit: 200 } } },
    { enabled: may('contacts.own') },
  );
  const outcome = useOutcome();
  const codes = useCodes();
  return (
    <Rows
      of={asked}
      scroll={{ y: 'calc(100vh - 220px)' }}
      rows={asked.data?.data}
      empty={t('noContacts')}
      columns={[
        { title: t('began'), render: (_, one) => moment(one.started_at, zone) },
        { title: t('customer'), render: (_, one) => one.customer_name || one.customer_number },
        { title: t('queue'), render: (_, one) => queue(one.queue) },
        { title: t('outcome'), render: (_, one) => outcome(one.outcome) },
        {
          title: t('disposition'),
          dataIndex: 'disposition',
          render: (one: string | null) => codes.disposition(one),
        },
      ]}
    />
  );
}

function useOutcome(): (name: string) => string {
  const { t, i18n } = useTranslation('desk');
  return (name) => (i18n.exists(`desk:outcomes.${name}`) ? t(`outcomes.${name as 'completed'}`) : name);
}
