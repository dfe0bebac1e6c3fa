// Who waits now, and why: what the routing says of one of them.
import { Button, Card, Popover, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useCodes } from '@/app/codes';
import { Rows } from '@/app/Rows';
import { Loaded } from '@/app/states';
import { span } from '@/lib/format';
import { useNow } from '@/lib/useNow';

const OPEN = '/v1/analytics/contacts/open';

export function Waiting({ queue }: { readonly queue: (id: string) => string }) {
  const { t } = useTranslation('floor');
  const now = useNow(1000);
  const asked = api.useQuery('get', OPEN, {}, { refetchInterval: 5_000 });
  const waiting = (asked.data?.data ?? []).filter((one) => ['waiting', 'offered'].includes(one.state));
  return (
    <Card title={t('waitingNow')} size="small">
      <Rows
        of={asked}
        scroll={{ y: 180 }}
        rows={waiting}
        empty={t('noneWaiting')}
        columns={[
          { title: t('caller'), render: (_, one) => one.customer_name || one.customer_number },
          { title: t('queue'), render: (_, one) => queue(one.queue) },
          { title: t('state'), render: (_, one) => t(`contactStates.${one.state as 'waiting'}`) },
          {
            title: t('inCentre'),
            align: 'right',
            render: (_, one) => span((now - one.started_at) / 1000),
          },
          { key: 'why', align: 'right', render: (_, one) => <Why contact={one.id} /> },
        ]}
      />
    </Card>
  );
}

function Why({ contact }: { readonly contact: string }) {
  const { t } = useTranslation('floor');
  return (
    <Popover
      trigger="click"
      title={t('whyTitle')}
      content={<Explanation contact={contact} />}
      destroyOnHidden
    >
      <Button size="small">{t('why')}</Button>
    </Popover>
  );
}

function Explanation({ contact }: { readonly contact: string }) {
  const codes = useCodes();
  const asked = api.useQuery(
    'get',
    '/v1/routing/contacts/{contact_id}/explanation',
    { params: { path: { contact_id: contact } } },
    { refetchInterval: 5_000 },
  );
  return (
    <div style={{ width: 320 }}>
      <Loaded of={asked}>
        {() => <Typography.Text>{codes.why(asked.data?.explanation ?? '')}</Typography.Text>}
      </Loaded>
    </div>
  );
}
