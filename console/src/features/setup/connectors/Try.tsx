// Asking the other system now: with what a call would know, and side by side what came and what was made of it.
import { Alert, Button, Flex, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import type { Schemas } from '@/app/me';
import { Drawer } from '@/app/Overlay';
import { useTell } from '@/app/problems';
import { CONNECTORS, type Connector } from './Connectors';
import { Outcome } from './Outcome';
import { variablesOf } from './variables';

type Tried = Schemas['Tried'];
type Variables = Record<string, string>;

export function Try({ connector, close }: { readonly connector: Connector; readonly close: () => void }) {
  const { t } = useTranslation('connectors');
  const tell = useTell();
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState<Tried | null>(null);
  const names = variablesOf(connector);
  async function ask(given: Variables) {
    setBusy(true);
    const variables = Object.fromEntries(names.map((name) => [name, given[name] ?? '']));
    const params = { path: { connector_id: connector.id } };
    try {
      const { data } = await client.POST(`${CONNECTORS}/{connector_id}/test`, { params, body: { variables } });
      setTried(data ?? null);
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Drawer open size={640} title={t('try.title', { name: connector.name })} onClose={close}>
      <Flex vertical gap={12}>
        <Alert type="info" title={t(names.length ? 'try.help' : 'try.helpPlain')} />
        <Form<Variables> layout="vertical" onFinish={ask}>
          {names.map((name) => (
            <Form.Item key={name} name={name} label={name}>
              <Input autoComplete="off" placeholder={name.endsWith('_number') ? '+14155550123' : ''} />
            </Form.Item>
          ))}
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('try.now')}
          </Button>
        </Form>
        {tried && <Outcome tried={tried} connector={connector} />}
      </Flex>
    </Drawer>
  );
}
