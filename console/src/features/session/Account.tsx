// The account menu: one's password and second factor, the company one works for, the way out.
import { CheckOutlined, LockOutlined, LogoutOutlined, ShopOutlined, UserOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown, type MenuProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { useSession } from '@/api/tokens';
import { useMe, type Schemas } from '@/app/me';
import { useTell } from '@/app/problems';
import { OwnSecurity } from './OwnSecurity';
import { offShift, workFor } from './tenants';

export function Account() {
  const { t } = useTranslation(['app', 'setup']);
  const { t: own } = useTranslation('session');
  const { me } = useMe();
  const [securing, setSecuring] = useState(false);
  const [looked, setLooked] = useState(false);
  const tenants = useTenants(looked);
  const leave = useLeave();
  const items: MenuProps['items'] = [
    { key: 'own', icon: <LockOutlined />, label: own('own.title'), onClick: () => setSecuring(true) },
    ...tenants,
    { type: 'divider' },
    { key: 'leave', icon: <LogoutOutlined />, label: t('signOut'), onClick: () => void leave() },
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} onOpenChange={(open) => open && setLooked(true)}>
        <Button type="text" icon={<UserOutlined />}>
          {me && t(`setup:people.roles.${me.role as 'owner'}`, { defaultValue: me.role })}
        </Button>
      </Dropdown>
      {securing && <OwnSecurity close={() => setSecuring(false)} />}
    </>
  );
}

const useTakesCalls = () => useMe().me?.permissions.includes('calls.take') ?? false;

function useLeave() {
  const takesCalls = useTakesCalls();
  const go = useNavigate();
  const { tokens, keep } = useSession();
  return async () => {
    if (takesCalls) await offShift();
    if (tokens)
      await client
        .DELETE('/v1/tenants/sessions', { body: { refresh_token: tokens.refresh_token } })
        .catch(() => {});
    await go({ to: '/login' });
    keep(null);
    queries.clear();
  };
}

/** The companies to choose from, once somebody looks; none for who belongs to one only. */
function useTenants(looked: boolean): NonNullable<MenuProps['items']> {
  const { t } = useTranslation('session');
  const { me } = useMe();
  const tell = useTell();
  const takesCalls = useTakesCalls();
  const asked = api.useQuery(
    'get',
    '/v1/tenants/sessions/tenants',
    {},
    { enabled: looked, staleTime: Infinity },
  );
  const all = (asked.data?.data ?? []) as readonly Schemas['TenantName'][];
  if (all.length < 2) return [];
  const children = all.map(({ id, name }) => ({
    key: id,
    label: name,
    icon: id === me?.tenant.id ? <CheckOutlined aria-label={t('here')} /> : <ShopOutlined />,
    onClick: () => void (id !== me?.tenant.id && workFor(id, takesCalls).catch(tell)),
  }));
  return [{ type: 'group', key: 'tenants', label: t('tenants'), children }];
}
