// The budget of every month: from where on somebody is told, and from where on nothing stoppable is begun.
import { Alert, Button, Flex, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { Drawer } from '@/app/Overlay';
import { Loaded } from '@/app/states';
import { useSubmit } from '@/features/public/useSubmit';

const BUDGETS = '/v1/analytics/budgets';
interface Fields {
  readonly amount: string;
  readonly hard_cap: string;
  readonly notify: readonly string[];
}

export function BudgetDrawer({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('business');
  const { t: app } = useTranslation();
  const asked = api.useQuery('get', BUDGETS);
  const [form] = Form.useForm<Fields>();
  const { trouble, busy, submit } = useSubmit({ form });
  async function save(values: Fields) {
    await client.PUT(BUDGETS, {
      params: { header: { 'If-Match': `"${asked.data?.version ?? 0}"` } },
      body: { ...values, amount: values.amount ?? '', hard_cap: values.hard_cap ?? '' },
    });
    await queries.invalidateQueries({ queryKey: ['get', BUDGETS] });
    await queries.invalidateQueries({ queryKey: ['get', '/v1/analytics/costs'] });
    close();
  }
  return (
    <Drawer
      open
      size={420}
      title={t('usage.budget')}
      onClose={close}
      footer={
        <Flex gap={8} justify="end">
          <Button onClick={close}>{app('cancel')}</Button>
          <Button type="primary" loading={busy} onClick={() => form.submit()}>
            {app('save')}
          </Button>
        </Flex>
      }
    >
      {trouble && <Alert type="error" showIcon title={trouble} style={{ marginBottom: 12 }} />}
      <Loaded of={asked}>
        {() => (
          <Form
            form={form}
            layout="vertical"
            initialValues={asked.data}
            onFinish={(given) => submit(() => save(given))}
          >
            <Form.Item name="amount" label={t('usage.amountOf')} extra={t('usage.amountHelp')}>
              <Input prefix="$" inputMode="decimal" />
            </Form.Item>
            <Form.Item name="notify" label={t('usage.notify')}>
              <Select mode="tags" open={false} suffixIcon={null} />
            </Form.Item>
            <Form.Item name="hard_cap" label={t('usage.hardCap')} extra={t('usage.hardCapHelp')}>
              <Input prefix="$" inputMode="decimal" />
            </Form.Item>
          </Form>
        )}
      </Loaded>
    </Drawer>
  );
}
