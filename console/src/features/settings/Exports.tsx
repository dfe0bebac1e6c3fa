// Everything the company has, written to files that it takes with it. Each look at exports is in the audit trail, so none is by itself.
import { ReloadOutlined } from '@ant-design/icons';
import { Button, Flex, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '@/api/client';
import { Mark } from '@/app/Mark';
import { useZone, type Schemas } from '@/app/me';
import { useTell } from '@/app/problems';
import { Rows } from '@/app/Rows';
import { count, moment, NONE } from '@/lib/format';
import { ExportFiles } from './ExportFiles';
import { Section } from './Section';
import { thenRead } from './stored';

const EXPORTS = '/v1/tenants/exports';
type Export = Schemas['ExportView'];
const TONES = { running: 'note', ready: 'good', failed: 'warning' } as const;

export function Exports() {
  const { t } = useTranslation('settings');
  const tell = useTell();
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  async function ask() {
    setBusy(true);
    await thenRead(EXPORTS, client.POST(EXPORTS)).catch(tell);
    setShown(true);
    setBusy(false);
  }
  return (
    <Section title={t('exports.title')} help={t('exports.help')}>
      <Flex vertical gap={12}>
        <Flex gap={8} wrap>
          <Button loading={busy} onClick={() => void ask()}>
            {t('exports.ask')}
          </Button>
          {!shown && <Button onClick={() => setShown(true)}>{t('exports.show')}</Button>}
        </Flex>
        {shown && <List />}
        <Typography.Text type="secondary">
          {t('exports.byProgram')} <Typography.Text code>offhook export --to …</Typography.Text>
        </Typography.Text>
      </Flex>
    </Section>
  );
}

function List() {
  const { t } = useTranslation('settings');
  const zone = useZone();
  const asked = api.useQuery('get', EXPORTS, {}, { refetchOnWindowFocus: false, refetchOnReconnect: false });
  const [open, setOpen] = useState<Export | null>(null);
  return (
    <>
      <Rows<Export>
        of={asked}
        rows={asked.data?.data as Export[]}
        empty={t('exports.empty')}
        columns={[
          { title: t('exports.asked'), render: (_, one) => moment(one.started_at, zone) },
          { title: t('exports.state'), render: (_, one) => <State of={one} /> },
          { title: t('exports.rows'), align: 'right', render: (_, one) => count(total(one)) },
          {
            title: t('exports.until'),
            render: (_, one) => (one.status === 'ready' ? moment(one.ready_until, zone) : NONE),
          },
          {
            key: 'actions',
            render: (_, one) =>
              one.status === 'ready' && (
                <Button size="small" onClick={() => setOpen(one)}>
                  {t('exports.files')}
                </Button>
              ),
          },
        ]}
      />
      <Button
        size="small"
        icon={<ReloadOutlined />}
        loading={asked.isFetching}
        style={{ alignSelf: 'start' }}
        onClick={() => void asked.refetch()}
      >
        {t('exports.look')}
      </Button>
      {open && <ExportFiles of={open} close={() => setOpen(null)} />}
    </>
  );
}

const total = ({ rows }: Export): number => Object.values(rows).reduce((sum, one) => sum + one, 0);

function State({ of: { status } }: { readonly of: Export }) {
  const { t } = useTranslation('settings');
  return <Mark tone={TONES[status]}>{t(`exports.states.${status}`)}</Mark>;
}
