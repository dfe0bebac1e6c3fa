// The frame of every screen: header with phone and presence, menu, the screen itself.
import { Outlet } from '@tanstack/react-router';
import { Alert, Layout } from 'antd';
import { useTranslation } from 'react-i18next';
import { LivePart, useChannel } from '@/live/LivePart';
import { PhonePart } from '@/phone/PhonePart';
import { Header } from './Header';
import { Menu } from './Menu';
import { Palette } from './Palette';

export function Frame() {
  return (
    <LivePart>
      <PhonePart>
        <Layout style={{ height: '100vh' }}>
          <Header />
          <Layout>
            <Menu />
            <Layout.Content style={{ overflow: 'auto', padding: 12 }}>
              <ChannelLost />
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
