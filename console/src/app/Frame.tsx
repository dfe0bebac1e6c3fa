// The frame of every screen: header with phone and presence, menu, the screen itself.
import { Navigate, Outlet, useRouterState } from '@tanstack/react-router';
import { Alert, Layout } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/tokens';
import { Notices } from '@/features/desk/Notices';
import { Standing } from '@/features/settings/Standing';
import { LivePart, useChannel } from '@/live/LivePart';
import { PhonePart } from '@/phone/PhonePart';
import { Header } from './Header';
import { useMe } from './me';
import { Menu, useCurrent } from './Menu';
import { Palette } from './Palette';

export function Frame() {
  const { me, isLoading } = useMe();
  const signedIn = useSession((session) => session.tokens !== null);
  useTitle();
  const next = useRouterState({ select: (state) => state.location.href });
  if (!signedIn)
    return next.startsWith('/login') ? null : <Navigate to="/login" search={{ next } as never} replace />;
  if (isLoading) return null; // what is withheld is not tried
  if (me?.withheld === 'second_factor_needed')
    return next.startsWith('/second-factor') ? null : (
      <Navigate to="/second-factor" search={{ next } as never} replace />
    );
  return (
    <LivePart>
      <PhonePart>
        <Layout style={{ height: '100vh' }}>
          <Header />
          <Layout>
            <Menu />
            <Layout.Content tabIndex={0} style={{ overflow: 'auto', padding: 12 }}>
              <ChannelLost />
              <Standing />
              <Notices />
              <Outlet />
            </Layout.Content>
          </Layout>
        </Layout>
        <Palette />
      </PhonePart>
    </LivePart>
  );
}

/** The tab says which screen it shows. */
function useTitle(): void {
  const { t } = useTranslation();
  const current = useCurrent();
  const title = [current && (t(current.menu.name as never) as string), t('product')]
    .filter(Boolean)
    .join(' · ');
  useEffect(() => void (document.title = title), [title]);
}

function ChannelLost() {
  const { t } = useTranslation();
  const { lost } = useChannel();
  return lost ? <Alert banner type="warning" title={t('channelLost')} style={{ marginBottom: 12 }} /> : null;
}
