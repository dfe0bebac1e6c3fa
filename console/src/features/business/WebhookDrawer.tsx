// Making or changing a receiver; the secret of a new one is told to whoever asked for it.
import { Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { FormDrawer } from '@/app/FormDrawer';
import { secretIn } from './Once';
import { WEBHOOKS, type Endpoint } from './Webhooks';

interface Given {
  readonly endpoint: Partial<Endpoint>;
  readonly close: () => void;
  readonly made: (secret: string) => void;
}
interface Fields {
  readonly url: string;
  readonly description?: string;
  readonly events?: string[];
  readonly notify?: string;
  readonly enabled?: boolean;
  readonly replay_missed?: boolean;
}

export function WebhookDrawer({ endpoint, close, made }: Given) {
  const { t } = useTranslation('business');
  const types = api.useQuery('get', '/v1/integrations/event-types', {}, { staleTime: Infinity });
  const { id, version } = endpoint;
  async function save(body: Fields) {
    if (id) {
      const params = { path: { endpoint_id: id }, header: { 'If-Match': `"${version}"` } };
      await client.PUT(`${WEBHOOKS}/{endpoint_id}`, { params, body });
    } else made(secretIn((await client.POST(WEBHOOKS, { body })).data, 'secret'));
    await queries.invalidateQueries({ queryKey: ['get', WEBHOOKS] });
    await queries.invalidateQueries({ queryKey: ['get', `${WEBHOOKS}/{endpoint_id}`] });
  }
  const options = (types.data?.data ?? []).map((one) => ({
    value: one.type,
    label: one.type,
    title: one.description,
  }));
  return (
    <FormDrawer<Fields>
      title={t(id ? 'webhooks.change' : 'webhooks.create')}
      size={520}
      initialValues={endpoint}
      submit={save}
      close={close}
    >
      <Form.Item name="url" label={t('webhooks.url')} rules={[{ required: true }]}>
        <Input type="url" placeholder="https://" />
      </Form.Item>
      <Form.Item name="description" label={t('webhooks.description')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="events" label={t('webhooks.events')} extra={t('webhooks.eventsHelp')}>
        <Select mode="multiple" options={options} loading={types.isPending} />
      </Form.Item>
      <Form.Item name="notify" label={t('webhooks.notify')} extra={t('webhooks.notifyHelp')}>
        <Input type="email" />
      </Form.Item>
      <Form.Item name="enabled" valuePropName="checked">
        <Checkbox>{t('webhooks.enabled')}</Checkbox>
      </Form.Item>
      {id && !endpoint.enabled && (
        <Form.Item name="replay_missed" valuePropName="checked">
          <Checkbox>{t('webhooks.replayMissed')}</Checkbox>
        </Form.Item>
      )}
    </FormDrawer>
  );
}
