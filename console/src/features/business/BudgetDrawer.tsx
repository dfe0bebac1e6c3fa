// The budget of every month: from where on somebody is told, and from where on nothing stoppable is begun.
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { FormDrawer } from '@/app/FormDrawer';
import { Loaded } from '@/app/states';

const BUDGETS = '/v1/analytics/budgets';
interface Fields {
  readonly amount: string;
  readonly hard_cap: string;
  readonly notify: readonly string[];
}

export function BudgetDrawer({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('business');
  const asked = api.useQuery('get', BUDGETS);
  async function save(values: Fields) {
    await client.PUT(BUDGETS, {
      params: { header: { 'If-Match': `"${asked.data?.version ?? 0}"` } },
      body: { ...values, amount: values.amount ?? '', hard_cap: values.hard_cap ?? '' },
    });
    await queries.invalidateQueries({ queryKey: ['get', BUDGETS] });
    await queries.invalidateQueries({ queryKey: ['get', '/v1/analytics/costs'] });
  }
  return (
    <FormDrawer<Fields>
      title={t('usage.budget')}
      size={420}
      initialValues={asked.data}
      submit={save}
      close={close}
      around={(form) => <Loaded of={asked}>{form}</Loaded>}
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
    </FormDrawer>
  );
}
