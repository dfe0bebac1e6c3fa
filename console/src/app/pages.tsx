// Pages that belong to no feature: the start, what is not there, what failed.
import { Navigate, Outlet, useNavigate } from '@tanstack/react-router';
import { Button, Result, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useOnboarding } from '@/features/welcome/useOnboarding';
import { LivePart } from '@/live/LivePart';
import { useMe } from './me';
import { isFor, screens } from './screens';
import { LoadFailed } from './states';

/** The first run, for who is to be led through it; else the first screen that the person may see. */
export function Start() {
  const { me, error, refetch } = useMe();
  const led = me?.permissions.includes('flows.publish') ?? false;
  const { known, isLoading } = useOnboarding({ enabled: led });
  if (error) return <LoadFailed error={error} again={refetch} />;
  if (!me || isLoading) return <Skeleton active style={{ padding: 24 }} />;
  if (known?.offered) return <Navigate to="/welcome" replace />;
  const allowed: readonly string[] = me.permissions;
  const first = screens.find(
    (one) => one.menu && !one.operator && isFor(one, (permission) => allowed.includes(permission)),
  );
  return first ? <Navigate to={first.path} replace /> : <NotFound />;
}

export function NotFound() {
  const { t } = useTranslation();
  const go = useNavigate();
  return (
    <Result
      status="404"
      title={t('notFound')}
      extra={<Button onClick={() => void go({ to: '/' })}>{t('toStart')}</Button>}
    />
  );
}

export function Failed({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  return <LoadFailed error={error} again={reset} />;
}

export function Bare() {
  return (
    <LivePart>
      <Outlet />
    </LivePart>
  );
}
