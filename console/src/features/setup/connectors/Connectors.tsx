// Connectors: other systems that flows ask about a caller.
import { Button, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '@/app/Mark';
import { useMay, type Schemas } from '@/app/me';
import { ThingsScreen } from '@/app/ThingsScreen';
import { NONE } from '@/lib/format';
import { Fields } from './Fields';
import { Try } from './Try';

export type Connector = Schemas['ConnectorView'];
export const CONNECTORS = '/v1/integrations/connectors';
const FRESH: Partial<Connector> = {
  name: '',
  method: 'GET',
  url: '',
  send: [],
  fields: {},
  headers: {},
  secret_header: '',
  timeout_s: 2,
  cache_s: 0,
};

export default function Connectors() {
  const { t } = useTranslation('connectors');
  const may = useMay()('webhooks.write');
  const [trying, setTrying] = useState<Connector | null>(null);
  return (
    <>
      <ThingsScreen<Connector>
        path={CONNECTORS}
        write="webhooks.write"
        title={t('title')}
        empty={t('empty')}
        width={560}
        fresh={FRESH}
        kept={['has_secret']}
        columns={[
          { title: t('name'), dataIndex: 'name' },
          { title: t('url'), render: (_, one) => <Address of={one} /> },
          { title: t('gives'), render: (_, one) => Object.keys(one.fields).join(', ') },
          {
            title: t('secret.title'),
            dataIndex: 'has_secret',
            render: (has: boolean) => (has ? <Mark>{t('secret.set')}</Mark> : NONE),
          },
          {
            key: 'try',
            align: 'right',
            render: (_, one) =>
              may && (
                <Button size="small" onClick={() => setTrying(one)}>
                  {t('try.ask')}
                </Button>
              ),
          },
        ]}
        fields={<Fields />}
      />
      {trying && <Try connector={trying} close={() => setTrying(null)} />}
    </>
  );
}

function Address({ of: { method, url } }: { readonly of: Connector }) {
  return (
    <Typography.Text ellipsis={{ tooltip: url }} style={{ maxWidth: 360 }}>
      {method} {url}
    </Typography.Text>
  );
}
