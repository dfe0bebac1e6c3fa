// The list of contacts: filters in the URL, page by page, as CSV.
import { DownloadOutlined, LockOutlined, SoundOutlined } from '@ant-design/icons';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { useCodes } from '@/app/codes';
import { useZone, type Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { useNames } from '@/app/Pick';
import { Rows } from '@/app/Rows';
import { csv, download } from '@/lib/csv';
import { moment, NONE, span } from '@/lib/format';
import { usePages } from '@/lib/pages';
import { FilterBar } from './FilterBar';
import { outcomes, type Filters } from './filters';
import { useHolds } from './holds';

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
  const held = new Set(useHolds().data?.data.map((one) => one.contact_id));
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
      <Narrowed filters={filters} />
      <Rows<Summary>
        of={asked}
        rows={rows}
        empty={t('empty')}
        columns={[
          {
            title: t('started'),
            render: (_, one) => (
              <>
                <Link to="/contacts/$id" params={{ id: one.id }}>
                  {moment(one.started_at, zone)}
                </Link>{' '}
                {held.has(one.id) && <LockOutlined aria-label={t('legal.on')} />}
              </>
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

function Narrowed({ filters }: { readonly filters: Filters }) {
  const { t } = useTranslation('contacts');
  const go = useNavigate();
  const change = (part: Partial<Filters>) => void go({ to: '.', search: { ...filters, ...part } });
  return (
    <FilterBar filters={filters} change={change}>
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
    </FilterBar>
  );
}
