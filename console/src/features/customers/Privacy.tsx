// What a person may ask for: everything that is kept of them, and to be forgotten.
import { DownloadOutlined, UserDeleteOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Alert, App, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, queries } from '@/api/client';
import { useMay } from '@/app/me';
import { Modal } from '@/app/Overlay';
import { useTell, useWords } from '@/app/problems';
import { download } from '@/lib/csv';
import { ONE, type Customer } from './customers';

interface Given {
  readonly customer: Customer;
}

export function Export({ customer }: Given) {
  const { t } = useTranslation('customers');
  const { message } = App.useApp();
  const tell = useTell();
  const [busy, setBusy] = useState(false);
  if (!useMay()('person.erase')) return null;
  async function save() {
    setBusy(true);
    try {
      const { data } = await client.GET(`${ONE}/export`, { params: { path: { customer_id: customer.id } } });
      download(`customer-${customer.id}.json`, JSON.stringify(data, null, 2), 'application/json');
      if (data && !data.complete) void message.warning(t('export.cut'));
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Button icon={<DownloadOutlined />} loading={busy} title={t('export.help')} onClick={() => void save()}>
      {t('export.do')}
    </Button>
  );
}

export function Erase({ customer }: Given) {
  const { t } = useTranslation('customers');
  const [open, setOpen] = useState(false);
  if (!useMay()('person.erase')) return null;
  return (
    <>
      <Button danger icon={<UserDeleteOutlined />} onClick={() => setOpen(true)}>
        {t('erase.do')}
      </Button>
      {open && <Asked customer={customer} close={() => setOpen(false)} />}
    </>
  );
}

/** Says what goes and what stays; done only by who has said that they know. */
function Asked({ customer, close }: Given & { readonly close: () => void }) {
  const { t } = useTranslation('customers');
  const { message } = App.useApp();
  const go = useNavigate();
  const words = useWords();
  const [sure, setSure] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  async function erase() {
    setBusy(true);
    setError(null);
    try {
      await client.POST(`${ONE}/erasure`, { params: { path: { customer_id: customer.id } } });
      await queries.invalidateQueries({ queryKey: ['customers'] });
      void message.success(t('erase.begun'));
      void go({ to: '/customers' });
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  }
  return (
    <Modal
      open
      title={t('erase.ask', { name: customer.name || customer.numbers[0] || customer.id })}
      okText={t('erase.do')}
      okButtonProps={{ danger: true, disabled: !sure, loading: busy }}
      onOk={() => void erase()}
      onCancel={close}
    >
      {error !== null && <Alert type="error" showIcon title={words(error)} />}
      <p>{t('erase.goes')}</p>
      <p>{t('erase.stays')}</p>
      <p>{t('erase.when')}</p>
      <Checkbox checked={sure} onChange={(event) => setSure(event.target.checked)}>
        {t('erase.sure')}
      </Checkbox>
    </Modal>
  );
}
