// Callers who are never or always let in: the block list and the allow list, which flows look at.
import { PlusOutlined } from '@ant-design/icons';
import { Link, useSearch } from '@tanstack/react-router';
import { Alert, Button, Flex, Popconfirm, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { Mark } from '@/app/Mark';
import { useMay, useZone, type Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { useTell } from '@/app/problems';
import { Rows } from '@/app/Rows';
import { moment, NONE } from '@/lib/format';
import { useNow } from '@/lib/useNow';
import type { ScreeningFilters } from '../filters';
import { FilterBar } from './FilterBar';
import { ListingDrawer } from './ListingDrawer';

export type Listed = Schemas['ScreenedNumber'];
export const LISTED = '/v1/ivr/screening/numbers';
export const again = () => queries.invalidateQueries({ queryKey: ['get', LISTED] });
const TONES = { block: 'warning', allow: 'good' } as const;

export default function Screening() {
  const { t } = useTranslation('setup');
  const { t: app } = useTranslation();
  const filters = useSearch({ strict: false }) as ScreeningFilters;
  const asked = api.useQuery('get', LISTED);
  const may = useMay()('flows.write');
  const [open, setOpen] = useState<Partial<Listed> | null>(null);
  const all = asked.data?.data ?? [];
  const add = may && (
    <Button
      type="primary"
      icon={<PlusOutlined />}
      onClick={() => setOpen({ listed: filters.listed ?? 'block', until: null })}
    >
      {app('add')}
    </Button>
  );
  return (
    <Page title={t('screening.title')} actions={add}>
      <Explained />
      {all.length > 0 && <FilterBar filters={filters} />}
      <Rows<Listed>
        of={asked}
        rows={found(all, filters)}
        empty={all.length > 0 ? t('screening.noneFound') : t('screening.empty')}
        action={all.length > 0 ? undefined : add}
        columns={[
          {
            title: t('screening.number'),
            dataIndex: 'id',
            render: (id: string) => <Typography.Text copyable>{id}</Typography.Text>,
          },
          {
            title: t('screening.list'),
            dataIndex: 'listed',
            render: (list: Listed['listed']) => (
              <Mark tone={TONES[list]}>{t(`screening.lists.${list}`)}</Mark>
            ),
          },
          { title: t('screening.reason'), dataIndex: 'note', render: (note: string) => note || NONE },
          { title: t('until'), render: (_, one) => <Ends at={one.until} /> },
          {
            key: 'actions',
            render: (_, one) => may && <Actions listed={one} edit={() => setOpen(one)} />,
          },
        ]}
      />
      {open && <ListingDrawer listed={open} close={() => setOpen(null)} />}
    </Page>
  );
}

const found = (all: readonly Listed[], { listed, number }: ScreeningFilters) =>
  all.filter((one) => (!listed || one.listed === listed) && (!number || one.id.includes(number)));

/** What the lists do, and where callers are who were refused by them. */
function Explained() {
  const { t } = useTranslation('setup');
  const may = useMay();
  const refused = may('contacts.read') && (
    <Link to="/contacts" search={{ outcome: 'blocked' }}>
      {t('screening.refused')}
    </Link>
  );
  return <Alert type="info" title={t('screening.help')} action={refused} />;
}

function Ends({ at }: { readonly at: number | null }) {
  const { t } = useTranslation('setup');
  const zone = useZone();
  const now = useNow(60_000);
  if (at === null) return t('screening.forGood');
  return at > now ? moment(at, zone) : <Mark>{t('screening.over', { at: moment(at, zone) })}</Mark>;
}

function Actions({ listed, edit }: { readonly listed: Listed; readonly edit: () => void }) {
  const { t } = useTranslation('setup');
  const { t: app } = useTranslation();
  const tell = useTell();
  const remove = () =>
    client
      .DELETE(`${LISTED}/{number}`, { params: { path: { number: listed.id } } })
      .catch(tell)
      .finally(again);
  return (
    <Flex gap={4} justify="end">
      <Button size="small" onClick={edit}>
        {app('edit')}
      </Button>
      <Popconfirm
        title={t(`screening.removeAsk.${listed.listed}`, { number: listed.id })}
        okText={t('screening.remove')}
        onConfirm={remove}
      >
        <Button size="small" danger>
          {t('screening.remove')}
        </Button>
      </Popconfirm>
    </Flex>
  );
}
