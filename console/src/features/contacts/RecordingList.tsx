// Recordings for who reviews calls: filters in the URL, page by page; each leads to its contact, where it is listened to.
import { DownloadOutlined } from '@ant-design/icons';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { client, queries } from '@/api/client';
import { Mark } from '@/app/Mark';
import { useZone, type Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { useNames } from '@/app/Pick';
import { Rows } from '@/app/Rows';
import { csv, download } from '@/lib/csv';
import { moment, NONE, span } from '@/lib/format';
import { usePages } from '@/lib/pages';
import { FilterBar } from './FilterBar';
import type { Common } from './filters';

type Line = Schemas['RecordingLine'];
// Each look is in the audit trail: none is taken because a window came to the front.
queries.setQueryDefaults(['recordings'], { staleTime: 300_000, refetchOnWindowFocus: false });

export default function RecordingList() {
  const { t } = useTranslation('contacts');
  const filters = useSearch({ strict: false }) as Common;
  const go = useNavigate();
  const zone = useZone();
  const queue = useNames('/v1/routing/queues');
  const agent = useNames('/v1/routing/people');
  const kept = useNames('/v1/routing/retention-classes');
  const asked = usePages(['recordings', filters], (from) =>
    client.GET('/v1/routing/recordings', { params: { query: { ...filters, limit: 50, ...from } } }),
  );
  return (
    <Page title={t('recordings')} actions={<Save lines={asked.rows} />}>
      <FilterBar filters={filters} change={(part) => void go({ to: '.', search: { ...filters, ...part } })} />
      <Rows<Line>
        of={asked}
        rows={asked.rows}
        empty={t('noRecordings')}
        columns={[
          {
            title: t('started'),
            render: (_, one) => (
              <Link to="/contacts/$id" params={{ id: one.contact_id }}>
                {moment(one.at, zone)}
              </Link>
            ),
          },
          { title: t('queue'), dataIndex: 'queue', render: (id: string) => (id ? queue(id) : NONE) },
          { title: t('agent'), dataIndex: 'agent_id', render: (id: string) => (id ? agent(id) : NONE) },
          {
            title: t('keptAs'),
            render: (_, one) => (
              <>
                {one.retention ? kept(one.retention) : t('asAll')}{' '}
                {one.held && <Mark tone="warning">{t('legal.on')}</Mark>}
              </>
            ),
          },
          {
            title: t('silent'),
            align: 'right',
            render: (_, one) => (one.paused_s ? span(one.paused_s) : NONE),
          },
          { title: t('length'), align: 'right', render: (_, one) => span(one.duration_s) },
        ]}
      />
    </Page>
  );
}

function Save({ lines }: { readonly lines: readonly Line[] }) {
  const { t } = useTranslation('contacts');
  const { t: app } = useTranslation();
  const zone = useZone();
  const queue = useNames('/v1/routing/queues');
  const agent = useNames('/v1/routing/people');
  const save = () =>
    download(
      'recordings.csv',
      csv([
        ['id', 'contact_id', t('started'), t('queue'), t('agent'), `${t('length')} (s)`, t('legal.on')],
        ...lines.map((one) => [
          one.id,
          one.contact_id,
          moment(one.at, zone, { dateStyle: 'short', timeStyle: 'medium' }),
          one.queue ? queue(one.queue) : '',
          one.agent_id ? agent(one.agent_id) : '',
          Math.round(one.duration_s),
          app(one.held ? 'yes' : 'no'),
        ]),
      ]),
    );
  return (
    <Button icon={<DownloadOutlined />} onClick={save} disabled={lines.length === 0}>
      {app('exportCsv')}
    </Button>
  );
}
