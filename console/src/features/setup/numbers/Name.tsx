// What people call a number.
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { FormDrawer } from '@/app/FormDrawer';
import { again, NUMBERS, type Owned } from './own';

interface Given {
  readonly name?: string;
}

export function Name({ number, close }: { readonly number: Owned; readonly close: () => void }) {
  const { t } = useTranslation('numbers');
  async function save({ name = '' }: Given) {
    const path = { number: number.id };
    await client.PUT(`${NUMBERS}/{number}`, { params: { path }, body: { flow_id: number.flow_id, name } });
    await again();
  }
  return (
    <FormDrawer<Given> title={number.id} initialValues={{ name: number.name }} submit={save} close={close}>
      <Form.Item name="name" label={t('name')} extra={t('nameHelp')}>
        <Input maxLength={80} autoFocus />
      </Form.Item>
    </FormDrawer>
  );
}
