// Everything of the company is erased before the window of closing is over; nobody of it can come in afterwards.
import { useNavigate } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, queries } from '@/api/client';
import { useSession } from '@/api/tokens';
import { useMe } from '@/app/me';
import { TypedOnce } from './TypedOnce';

export function Erase() {
  const { t } = useTranslation('settings');
  const { me } = useMe();
  const { modal } = App.useApp();
  const go = useNavigate();
  const [open, setOpen] = useState(false);
  async function erase(body: { readonly confirm: string }) {
    await client.POST('/v1/tenants/erasure', { body });
    modal.info({ title: t('erase.begun'), content: t('erase.begunHelp') });
    await go({ to: '/login' });
    useSession.getState().keep(null);
    queries.clear();
  }
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {t('erase.erase')}
      </Button>
      {open && (
        <TypedOnce
          title={t('erase.erase')}
          warning={t('erase.warning')}
          wanted={`erase ${me?.tenant.name ?? ''}`}
          submit={erase}
          close={() => setOpen(false)}
        />
      )}
    </>
  );
}
