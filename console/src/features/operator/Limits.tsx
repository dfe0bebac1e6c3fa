// What one tenant may have and do in place of what its plan says; an empty field leaves it to the plan.
import { Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { client, queries } from '@/api/client';
import { FormDrawer } from '@/app/FormDrawer';
import type { Schemas } from '@/app/me';

const ONE = '/v1/operator/tenants/{tenant_id}';
export const LIMITS = [
  'seats',
  'numbers',
  'flows',
  'webhook_endpoints',
  'api_keys',
  'concurrent_calls',
  'api_per_minute',
  'outbound_calls_per_second',
  'sms_per_second',
  'webhook_deliveries_in_flight',
  'athena_bytes_per_day',
  'ai_tokens_per_day',
] as const;
type Limit = (typeof LIMITS)[number];
type Given = { readonly reason: string } & { readonly [limit in Limit]?: number | null };

interface Props {
  readonly tenant: Schemas['TenantSettings'];
  readonly close: () => void;
}

export function Limits({ tenant, close }: Props) {
  const { t } = useTranslation('operator');
  async function save({ reason, ...wanted }: Given) {
    const limits = Object.fromEntries(
      Object.entries(wanted).flatMap(([k, v]) => (v == null ? [] : [[k, v]])),
    );
    const params = { path: { tenant_id: tenant.id } };
    await client.PUT(`${ONE}/limits`, { params, body: { limits, reason } });
    await queries.invalidateQueries({ queryKey: ['get', ONE] });
  }
  return (
    <FormDrawer<Given> title={t('limits')} initialValues={tenant.limits} submit={save} close={close}>
      {LIMITS.map((name) => (
        <Form.Item key={name} name={name} label={t(`limit.${name}`)} style={{ marginBottom: 8 }}>
          <InputNumber min={1} precision={0} placeholder={t('asPlan')} style={{ width: '100%' }} />
        </Form.Item>
      ))}
      <Form.Item name="reason" label={t('reason')} rules={[{ required: true, min: 3 }]}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
      </Form.Item>
    </FormDrawer>
  );
}
