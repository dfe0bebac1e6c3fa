// A recording is deleted before its time, with no way back; what was deleted can be proven.
import { DeleteOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Descriptions, Popconfirm, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { useMay, useZone } from '@/app/me';
import { Drawer } from '@/app/Overlay';
import { useTell } from '@/app/problems';
import { Loaded } from '@/app/states';
import { useWho } from '@/app/who';
import { moment, span } from '@/lib/format';
import { ruleOf, sizeOf } from './facts';

const ONE = '/v1/routing/recordings/{recording_id}';
/** Who deletes when a time is over, or a person is forgotten. */
const ITSELF = ['retention', 'erasure'];
const PROOF = `${ONE}/deletion` as const;

export function DeleteRecording({ id }: { readonly id: string }) {
  const { t } = useTranslation('contacts');
  const tell = useTell();
  if (!useMay()('recordings.delete')) return null;
  const remove = () =>
    client
      .DELETE(ONE, { params: { path: { recording_id: id } } })
      .then(() => queries.invalidateQueries({ queryKey: ['get', '/v1/analytics/contacts/{contact_id}'] }))
      .then(() => queries.invalidateQueries({ queryKey: ['recordings'] }))
      .catch(tell);
  return (
    <Popconfirm
      title={t('deletion.ask')}
      description={<div style={{ maxWidth: 320 }}>{t('deletion.help')}</div>}
      okText={t('deletion.delete')}
      okButtonProps={{ danger: true }}
      onConfirm={remove}
    >
      <Button danger icon={<DeleteOutlined />}>
        {t('deletion.delete')}
      </Button>
    </Popconfirm>
  );
}

export function Proof({ id }: { readonly id: string }) {
  const { t } = useTranslation('contacts');
  const [open, setOpen] = useState(false);
  if (!useMay()('recordings.play')) return null;
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('deletion.proof')}
      </Button>
      {open && (
        <Drawer open size={480} title={t('deletion.proof')} onClose={() => setOpen(false)}>
          <Told id={id} />
        </Drawer>
      )}
    </>
  );
}

function Told({ id }: { readonly id: string }) {
  const { t } = useTranslation('contacts');
  const asked = api.useQuery('get', PROOF, { params: { path: { recording_id: id } } });
  const zone = useZone();
  const who = useWho();
  const audit = useMay()('audit.read');
  const proof = asked.data;
  const at = (ms: number) => moment(ms, zone, { dateStyle: 'medium', timeStyle: 'medium' });
  const by = (actor: string) => (ITSELF.includes(actor) ? t('deletion.itself') : who(actor));
  const rule = ruleOf(proof?.rule ?? '');
  const rows =
    proof &&
    ([
      ['at', at(proof.deleted_at)],
      ['by', by(proof.by)],
      ['rule', t(`deletion.rules.${rule.name}`, { ...rule.values, defaultValue: proof.rule })],
      ['was', `${span(proof.duration_s)} · ${sizeOf(proof.size)} · ${at(proof.stored_at)}`],
      ['carrier', at(proof.carrier_gone_at)],
      ['versions', at(proof.versions_gone_at)],
      [
        'entry',
        audit ? (
          <Link key="entry" to="/audit">
            {proof.audit_number}
          </Link>
        ) : (
          proof.audit_number
        ),
      ],
      ['sha256', <Long key="sha256" text={proof.sha256} />],
      ['digest', <Long key="digest" text={proof.digest} />],
    ] as const);
  return (
    <Loaded of={asked}>
      {() => (
        <>
          <Typography.Paragraph type="secondary">{t('deletion.proofHelp')}</Typography.Paragraph>
          <Descriptions
            size="small"
            column={1}
            layout="vertical"
            items={rows?.map(([name, children]) => ({ key: name, label: t(`deletion.${name}`), children }))}
          />
        </>
      )}
    </Loaded>
  );
}

function Long({ text }: { readonly text: string }) {
  return (
    <Typography.Text copyable style={{ wordBreak: 'break-all' }}>
      {text}
    </Typography.Text>
  );
}
