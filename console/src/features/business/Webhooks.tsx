// Receivers of events: where to, which events, whether they answer.
import { PlusOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Popconfirm, Flex } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '@/app/Mark';
import { useMay, useZone, type Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { useTell } from '@/app/problems';
import { Rows } from '@/app/Rows';
import { moment } from '@/lib/format';
import { remove, useThings } from '@/lib/things';
import { Once } from './Once';
import { WebhookDrawer } from './WebhookDrawer';

export type Endpoint = Schemas['EndpointView'];
export const WEBHOOKS = '/v1/integrations/webhooks';

export default function Webhooks() {
  const { t } = useTranslation('business');
  const { t: app } = useTranslation();
  const tell = useTell();
  const may = useMay()('webhooks.write');
  const asked = useThings<Endpoint>(WEBHOOKS);
  const [open, setOpen] = useState<Partial<Endpoint> | null>(null);
  const [secret, setSecret] = useState('');
  const add = may && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ enabled: true, events: [] })}>
      {t('webhooks.create')}
    </Button>
  );
  const actions = (one: Endpoint) =>
    may && (
      <Flex gap={4} justify="end">
        <Button size="small" onClick={() => setOpen(one)}>
          {app('edit')}
        </Button>
        <Popconfirm
          title={app('deleteAsk', { name: one.url })}
          okText={app('delete')}
          onConfirm={() => remove(WEBHOOKS, one.id).catch(tell)}
        >
          <Button size="small" danger>
            {app('delete')}
          </Button>
        </Popconfirm>
      </Flex>
    );
  return (
    <Page title={t('webhooks.title')} actions={add}>
      <Rows<Endpoint>
        of={asked}
        rows={asked.data}
        empty={t('webhooks.empty')}
        action={add}
        columns={[
          {
            title: t('webhooks.url'),
            render: (_, one) => (
              <Link to="/webhooks/$id" params={{ id: one.id }}>
                {one.url}
              </Link>
            ),
          },
          { title: t('webhooks.description'), dataIndex: 'description' },
          {
            title: t('webhooks.events'),
            render: (_, one) => (one.events.length ? one.events.join(', ') : t('webhooks.all')),
          },
          { title: t('status'), render: (_, one) => <Health endpoint={one} /> },
          { key: 'actions', render: (_, one) => actions(one) },
        ]}
      />
      {open && <WebhookDrawer endpoint={open} close={() => setOpen(null)} made={setSecret} />}
      {secret && <Once title={t('webhooks.secret')} secret={secret} close={() => setSecret('')} />}
    </Page>
  );
}

export function Health({ endpoint }: { readonly endpoint: Endpoint }) {
  const { t } = useTranslation('business');
  const zone = useZone();
  if (!endpoint.enabled) return <Mark tone="warning">{t('webhooks.disabled')}</Mark>;
  if (endpoint.failing_since)
    return (
      <Mark tone="warning">{t('webhooks.failing', { since: moment(endpoint.failing_since, zone) })}</Mark>
    );
  return <Mark tone="good">{t('webhooks.enabled')}</Mark>;
}
