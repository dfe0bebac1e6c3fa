// Everything of a contact in one file for a court or an authority: asked for, packed in the background, fetched by a link.
import { DownloadOutlined, FileProtectOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Descriptions, Flex, Spin, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { serverNow } from '@/api/clock';
import { Problem } from '@/api/problem';
import { useMay, useZone, type Schemas } from '@/app/me';
import { useWords } from '@/app/problems';
import { Loaded } from '@/app/states';
import { moment } from '@/lib/format';
import { sizeOf } from './facts';

type View = Schemas['EvidenceView'];
const ONE = '/v1/routing/contacts/{contact_id}/evidence';
const LOOK_MS = 2_000;
const LINK_MS = 240_000; // a link is good for five minutes
const PATIENCE_MS = 3_600_000; // after which the server lets one ask again

export function Evidence({ contact }: { readonly contact: string }) {
  return useMay()('audit.read') ? <Package contact={contact} /> : null;
}

function Package({ contact }: { readonly contact: string }) {
  const { t } = useTranslation('contacts');
  const asked = api.useQuery(
    'get',
    ONE,
    { params: { path: { contact_id: contact } } },
    {
      refetchInterval: ({ state: { data } }) =>
        data?.status === 'packing' ? LOOK_MS : data?.status === 'ready' ? LINK_MS : false,
    },
  );
  const nobodyAsked = asked.error instanceof Problem && (asked.error as Problem).status === 404;
  return (
    <Card size="small" title={t('evidence.title')}>
      <Flex vertical gap={8} align="start">
        <Typography.Text type="secondary">{t('evidence.help')}</Typography.Text>
        {nobodyAsked ? (
          <Ask contact={contact} />
        ) : (
          <Loaded of={asked}>{() => asked.data && <Found view={asked.data} />}</Loaded>
        )}
      </Flex>
    </Card>
  );
}

function Found({ view }: { readonly view: View }) {
  const { t } = useTranslation('contacts');
  const zone = useZone();
  if (view.status === 'packing' && serverNow() < view.asked_at + PATIENCE_MS)
    return (
      <Flex gap={8} align="center" component="output">
        <Spin size="small" />
        {t('evidence.packing', { at: moment(view.asked_at, zone) })}
      </Flex>
    );
  return (
    <>
      {view.url ? <Ready view={view} /> : <Alert type="error" showIcon title={t('evidence.failed')} />}
      <Ask contact={view.contact_id} again />
    </>
  );
}

function Ready({ view }: { readonly view: View }) {
  const { t } = useTranslation('contacts');
  const zone = useZone();
  const rows = [
    ['asked', moment(view.asked_at, zone)],
    ['size', sizeOf(view.size)],
    [
      'sha256',
      <Typography.Text key="sha256" copyable style={{ wordBreak: 'break-all' }}>
        {view.sha256}
      </Typography.Text>,
    ],
  ] as const;
  return (
    <>
      <Descriptions
        size="small"
        column={1}
        items={rows.map(([name, children]) => ({ key: name, label: t(`evidence.${name}`), children }))}
      />
      <Typography.Text type="secondary">{t('evidence.check')}</Typography.Text>
      <Typography.Link href={view.url ?? undefined} download>
        <DownloadOutlined aria-hidden /> {t('evidence.download')}
      </Typography.Link>
    </>
  );
}

function Ask({ contact, again = false }: { readonly contact: string; readonly again?: boolean }) {
  const { t } = useTranslation('contacts');
  const words = useWords();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  async function ask() {
    setError(null);
    setBusy(true);
    await client
      .POST(ONE, { params: { path: { contact_id: contact } } })
      .then(() => queries.invalidateQueries({ queryKey: ['get', ONE] }))
      .catch(setError);
    setBusy(false);
  }
  return (
    <>
      <Button icon={<FileProtectOutlined />} loading={busy} onClick={() => void ask()}>
        {t(again ? 'evidence.again' : 'evidence.ask')}
      </Button>
      {error !== null && <Alert type="error" showIcon title={words(error)} />}
    </>
  );
}
