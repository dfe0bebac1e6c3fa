// Numbers that the carrier has for a tenant and nobody has here. A look is in the tenant's audit trail, so it is asked for.
import { Button, Card, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { Schemas } from '@/app/me';
import { Rows } from '@/app/Rows';
import { moment } from '@/lib/format';

export function Orphans({ tenant }: { readonly tenant: Schemas['TenantSettings'] }) {
  const { t } = useTranslation('operator');
  const [looks, setLooks] = useState(false);
  const params = { path: { tenant_id: tenant.id } };
  const asked = api.useQuery(
    'get',
    '/v1/operator/tenants/{tenant_id}/orphan-numbers',
    { params },
    { enabled: looks },
  );
  const look = (
    <Button size="small" onClick={() => setLooks(true)}>
      {t('look')}
    </Button>
  );
  return (
    <Card size="small" title={t('orphans')} extra={!looks && look}>
      {looks ? (
        <Rows<Schemas['Orphan']>
          of={asked}
          rows={asked.data?.data as Schemas['Orphan'][]}
          empty={t('noOrphans')}
          columns={[
            { title: t('number'), dataIndex: 'id' },
            { title: t('since'), render: (_, one) => moment(one.seen_at, tenant.time_zone) },
          ]}
        />
      ) : (
        <Typography.Text type="secondary">{t('orphansHelp')}</Typography.Text>
      )}
    </Card>
  );
}
