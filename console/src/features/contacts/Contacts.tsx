// The list of contacts: filters in the URL, page by page, as CSV.
import { DownloadOutlined, SoundOutlined } from '@ant-design/icons';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, DatePicker, Flex, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { useCodes } from '@/app/codes';
import { useZone, type Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { Pick, useNames } from '@/app/Pick';
import { Rows } from '@/app/Rows';
import { csv, download } from '@/lib/csv';
import { useNow } from '@/lib/useNow';
import { dayIn, range, ranges } from '@/features/reports/period';
import { moment, NONE, span } from '@/lib/format';
import { usePages } from '@/lib/pages';
import { outcomes, type Filters } from './filters';

type Summary = Schemas['ContactSummary'];
const COLUMNS = ['started', 'number', 'customer', 'queue', 'agent', 'outcome', 'disposition'] as const;
function useContacts(filters: Filters) {
  return usePages(['contacts', filters], (from) =>
    client.GET('/v1/analytics/contacts', { params: { query: { ...filters, limit: 50, ...from } } }),
  );
}

export default function Contacts() {
  const { t } = useTranslation('contacts');
  const { t: app } = useTranslation();
  const filters = useSearch({ strict: false }) as Filters;
  const asked = useContacts(filters);
  const { rows } = asked;
  const queue = useNames('/v1/routing/queues');
  const agent = useNames('/v1/routing/people');
  const zone = useZone();
  const codes = useCodes();
  const save = () =>
    download(
      'contacts.csv',
      csv([
        ['id', ...COLUMNS.map((name) => t(name)), `${t('length')} (s)`],
        ...rows.map((one) => [
          one.id,
          moment(one.started_at, zone, { dateStyle: 'short', timeStyle: 'medium' }),
          one.customer_number,
          one.customer_name,
          one.queue ? queue(one.queue) : '',
          one.agent_id ? agent(one.agent_id) : '',
          t(`outcomes.${one.outcome as (typeof outcomes)[number]}`, { defaultValue: one.outcome }),
          one.disposition,
          one.ended_at === null ? null : Math.round((one.ended_at - one.started_at) / 1000),
        ]),
      ]),
    );
  return (
    <Page
      title={t('title')}
      actions={
        <Button icon={<DownloadOutlined />} onClick={save} disabled={rows.length === 0}>
          {app('exportCsv')}
        </Button>
      }
    >
      <FilterBar filters={filters} />
      <Rows<Summary>
        of={asked}
        rows={rows}
        empty={t('empty')}
        columns={[
          {
            title: t('started'),
            render: (_, one) => (
              <Link to="/contacts/$id" params={{ id: one.id }}>
                {moment(one.started_at, zone)}
              </Link>
            ),
          },
          {
            title: t('customer'),
            render: (_, one) => [one.customer_name, one.customer_number].filter(Boolean).join(' · '),
          },
          { title: t('queue'), dataIndex: 'queue', render: (id: string) => (id ? queue(id) : NONE) },
          { title: t('agent'), dataIndex: 'agent_id', render: (id: string) => (id ? agent(id) : NONE) },
          {
            title: t('outcome'),
            dataIndex: 'outcome',
            render: (one: (typeof outcomes)[number]) => t(`outcomes.${one}`, { defaultValue: one }),
          },
          {
            title: t('disposition'),
            dataIndex: 'disposition',
            render: (one: string | null) => codes.disposition(one),
          },
          {
            title: t('recordings'),
            align: 'right',
            render: (_, one) => (one.recordings ? <SoundOutlined aria-label={t('recorded')} /> : ''),
          },
          {
            title: t('length'),
            align: 'right',
            render: (_, one) => (one.ended_at === null ? NONE : span((one.ended_at - one.started_at) / 1000)),
          },
        ]}
      />
    </Page>
  );
}

function FilterBar({ filters }: { readonly filters: Filters }) {
  const { t } = useTranslation('contacts');
  const { t: report } = useTranslation('reports');
  const go = useNavigate();
  const change = (part: Partial<Filters>) => void go({ to: '/contacts', search: { ...filters, ...part } });
  const zone = useZone();
  const today = dayIn(useNow(60_000), zone);
  const presets = ranges.map((name) => {
    const days = range(name, today);
    return {
      label: report(`ranges.${name}`),
      value: [dayjs(days.from), dayjs(days.to)] as [dayjs.Dayjs, dayjs.Dayjs],
    };
  });
  return (
    <Flex gap={8} wrap>
      <DatePicker.RangePicker
        aria-label={t('days')}
        presets={presets}
        allowClear={false}
        value={[dayjs(filters.from ?? today), dayjs(filters.to ?? filters.from ?? today)]}
        onChange={(days) =>
          days?.[0] &&
          days[1] &&
          change({ from: days[0].format('YYYY-MM-DD'), to: days[1].format('YYYY-MM-DD') })
        }
      />
      <Pick
        from="/v1/routing/queues"
        aria-label={t('queue')}
        placeholder={t('queue')}
        allowClear
        value={filters.queue}
        onChange={(queue: string | undefined) => change({ queue })}
        style={{ width: 160 }}
      />
      <Pick
        from="/v1/routing/people"
        aria-label={t('agent')}
        placeholder={t('agent')}
        allowClear
        value={filters.agent}
        onChange={(agent: string | undefined) => change({ agent })}
        style={{ width: 160 }}
      />
      <Select
        aria-label={t('outcome')}
        placeholder={t('outcome')}
        allowClear
        value={filters.outcome}
        onChange={(outcome?: (typeof outcomes)[number]) => change({ outcome })}
        options={outcomes.map((value) => ({ value, label: t(`outcomes.${value}`) }))}
        style={{ width: 180 }}
      />
      <Input.Search
        aria-label={t('number')}
        placeholder={t('number')}
        allowClear
        key={filters.number ?? ''}
        defaultValue={filters.number}
        onSearch={(number) => change({ number: number || undefined })}
        style={{ width: 200 }}
      />
    </Flex>
  );
}
