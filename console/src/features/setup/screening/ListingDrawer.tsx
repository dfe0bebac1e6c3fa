// A number comes on one of the two lists, or what is kept of it there is changed.
import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { FormDrawer } from '@/app/FormDrawer';
import type { Schemas } from '@/app/me';
import { numberIn } from '@/features/desk/targets';
import { LISTS } from '../filters';
import { Until } from '../Until';
import { again, LISTED, type Listed } from './Screening';

type Given = Schemas['ListingText'] & { readonly number: string };

export function ListingDrawer({ listed, close }: { readonly listed: Partial<Listed>; readonly close: () => void }) {
  const { t } = useTranslation('setup');
  const { t: app } = useTranslation();
  async function save({ number, note = '', ...text }: Given) {
    const path = { number: numberIn(number) ?? number };
    await client.PUT(`${LISTED}/{number}`, { params: { path }, body: { ...text, note } });
    await again();
  }
  return (
    <FormDrawer<Given>
      title={listed.id ?? t('screening.add')}
      send={listed.id ? undefined : app('add')}
      initialValues={{ ...listed, number: listed.id }}
      submit={save}
      close={close}
    >
      <Form.Item name="number" label={t('screening.number')} extra={t('numberHelp')} rules={[{ required: true }]}>
        <Input type="tel" autoComplete="off" placeholder="+14155550123" disabled={listed.id !== undefined} />
      </Form.Item>
      <Form.Item name="listed" label={t('screening.list')}>
        <Radio.Group
          style={{ display: 'grid', gap: 4 }}
          options={LISTS.map((value) => ({ value, label: t(`screening.choices.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="note" label={t('screening.reason')} extra={t('screening.reasonHelp')}>
        <Input.TextArea maxLength={200} autoSize />
      </Form.Item>
      <Until empty={t('screening.forGood')} />
    </FormDrawer>
  );
}
