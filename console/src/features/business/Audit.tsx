// Who did what, newest first; and whether anybody changed the trail.
import { CheckCircleOutlined, DownloadOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { App, Button, Flex, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { useMay, useZone, type Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { useTell } from '@/app/problems';
import { Rows } from '@/app/Rows';
import { csv, download } from '@/lib/csv';
import { moment } from '@/lib/format';
import { usePages } from '@/lib/pages';
import { Details, useActions } from './acts';
import type { AuditFilters } from './filters';
import { OperatorAccess } from './OperatorAccess';
import { useActors, Who } from './Who';

type Entry = Schemas['Entry'];

export default function Audit() {
  const { t } = useTranslation('business');
  const zone = useZone();
  const mayGrant = useMay()('ownership.transfer');
  const filters = useSearch({ strict: false }) as AuditFilters;
  const asked = usePages(['audit', filters], (from) =>
    client.GET('/v1/tenants/audit', { params: { query: { ...filters, ...from } } }),
  );
  const { action, known } = useActions();
  const rows = asked.rows.filter(({ act }) => isAsked(act.action, filters.action, known));
  const { named: who } = useActors();
  const role = useRole();
  return (
    <Page title={t('audit.title')} actions={<Actions rows={rows} />}>
      {mayGrant && <OperatorAccess />}
      <FilterBar filters={filters} />
      <Rows<Entry>
        of={asked}
        rowKey="number"
        rows={rows}
        expandable={{
          expandedRowRender: ({ act }) => <pre>{JSON.stringify(act, null, 2)}</pre>,
          columnTitle: <span className="visually-hidden">{t('audit.asWritten')}</span>,
        }}
        columns={[
          { title: t('audit.number'), dataIndex: 'number', align: 'right' },
          {
            title: t('audit.when'),
            render: (_, { act }) => moment(act.at, zone, { dateStyle: 'short', timeStyle: 'medium' }),
          },
          {
            title: t('audit.who'),
            render: (_, { act }) => [who(act.actor), role(act.role), act.address].filter(Boolean).join(' · '),
          },
          { title: t('audit.what'), render: (_, { act }) => action(act.action) },
          {
            title: t('audit.details'),
            render: (_, { act }) => <Details act={act} who={who} />,
          },
        ]}
      />
    </Page>
  );
}

/** A route is in the addresses of others, so that the server tells those too. */
function isAsked(action: string, wanted: string | undefined, known: readonly string[]): boolean {
  return !wanted || !known.includes(wanted) || action.replace(/\/$/, '') === wanted;
}

function useRole(): (role: string) => string {
  const { t } = useTranslation('setup');
  return (role) => t(`people.roles.${role as 'owner'}`, { defaultValue: role });
}

function FilterBar({ filters }: { readonly filters: AuditFilters }) {
  const { t } = useTranslation('business');
  const { action, known } = useActions();
  const go = useNavigate();
  const change = (part: AuditFilters) => void go({ to: '.', search: { ...filters, ...part } });
  return (
    <Flex gap={8} wrap>
      <Who actor={filters.actor} change={(actor) => change({ actor })} />
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('audit.what')}
        placeholder={t('audit.whatHelp')}
        value={filters.action}
        options={known.map((value) => ({ value, label: action(value) }))}
        style={{ width: 320 }}
        onChange={(wanted?: string) => change({ action: wanted })}
      />
    </Flex>
  );
}

function Actions({ rows }: { readonly rows: readonly Entry[] }) {
  const { t } = useTranslation('business');
  const { t: app } = useTranslation();
  const { message } = App.useApp();
  const tell = useTell();
  async function verify() {
    const { data } = await client.GET('/v1/tenants/audit/verification');
    const wrong = data?.breaks.length ?? 0;
    void (data?.intact
      ? message.success(t('audit.whole'))
      : message.error(t('audit.broken', { count: wrong })));
  }
  const save = () =>
    download(
      'audit.csv',
      csv([
        ['number', 'at', 'actor', 'role', 'address', 'action', 'about', 'hash'],
        ...rows.map(({ number, act, hash }) => [
          number,
          new Date(act.at).toISOString(),
          act.actor,
          act.role,
          act.address,
          act.action,
          JSON.stringify(act.about),
          hash,
        ]),
      ]),
    );
  return (
    <>
      <Button icon={<DownloadOutlined />} disabled={rows.length === 0} onClick={save}>
        {app('exportCsv')}
      </Button>
      <Button icon={<CheckCircleOutlined />} onClick={() => void verify().catch(tell)}>
        {t('audit.verify')}
      </Button>
    </>
  );
}
