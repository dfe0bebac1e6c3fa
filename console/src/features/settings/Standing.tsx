// Why buttons are missing: the account is closing or suspended, and who may change that is led there.
import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMay, useMe } from '@/app/me';

const WAYS = {
  closing: { permission: 'tenant.close', to: '/settings', hash: 'closing' },
  suspended: { permission: 'plan.manage', to: '/billing', hash: undefined },
} as const;

export function Standing() {
  const { t } = useTranslation('settings');
  const { me } = useMe();
  const may = useMay();
  const status = me?.tenant.status;
  if (status !== 'closing' && status !== 'suspended') return null;
  const { permission, to, hash } = WAYS[status];
  const way = may(permission) && (
    <Link to={to} hash={hash}>
      {t(`standing.${status}Way`)}
    </Link>
  );
  return (
    <Alert banner type="warning" title={t(`standing.${status}`)} action={way} style={{ marginBottom: 12 }} />
  );
}
