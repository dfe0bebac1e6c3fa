// The frame of every screen: header with phone and presence, menu, the screen itself.
import { Navigate, Outlet, useRouterState } from '@tanstack/react-router';
import { Alert, Layout } from 'antd';
import { useTranslation } from 'react-i18next';
import { Notices } from '@/features/desk/Notices';
import { LivePart, useChannel } from '@/live/LivePart';
import { PhonePart } from '@/phone/PhonePart';
import { Header } from './Header';
import { useMe } from './me';
import { Menu } from './Menu';
import { Palette } from './Palette';

export function Frame() {
  const { me, isLoading } = useMe();
  const next = useRouterState({ select: (state) => state.location.href });
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
              <Notices />
              <main>
                <Outlet />
              </main>
            </Layout.Content>
          </Layout>
        </Layout>
        <Palette />
      </PhonePart>
    </LivePart>
  );
}

function ChannelLost() {
  const { t } = useTranslation();
  const { lost } = useChannel();
  return lost ? <Alert banner type="warning" title={t('channelLost')} style={{ marginBottom: 12 }} /> : null;
}
