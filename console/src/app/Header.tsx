import { GlobalOutlined, LogoutOutlined, QuestionCircleOutlined, UserOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown, Flex, Layout, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { client, queries } from '@/api/client';
import { useSession } from '@/api/tokens';
import { PresenceBar } from '@/features/desk/PresenceBar';
import { choose } from '@/i18n';
import { useMe } from './me';
import { usePalette } from './Palette';

export function Header() {
  const { t } = useTranslation();
  const { me } = useMe();
  const palette = usePalette();
  return (
    <Layout.Header
      style={{ borderBottom: '1px solid var(--ant-color-border-secondary)', lineHeight: 'normal' }}
    >
      <Flex align="center" gap={12} style={{ height: 48 }}>
        <Typography.Text strong>{t('product')}</Typography.Text>
        <Typography.Text type="secondary" ellipsis style={{ maxWidth: 220 }}>
          {me?.tenant.name}
        </Typography.Text>
        <Button size="small" onClick={() => palette.show('palette')}>
          {t('palette')} <kbd>Ctrl K</kbd>
        </Button>
        <div style={{ flex: 1 }} />
        {me?.permissions.includes('calls.take') && <PresenceBar />}
        <Button
          type="text"
          icon={<QuestionCircleOutlined />}
          aria-label={t('shortcuts')}
          onClick={() => palette.show('shortcuts')}
        />
        <LanguageSwitch />
        <Account />
      </Flex>
    </Layout.Header>
  );
}

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const items = [
    { key: 'en-US', label: <span lang="en">English</span> },
    { key: 'zh-CN', label: <span lang="zh-CN">简体中文</span> },
  ];
  return (
    <Dropdown
      menu={{
        items,
        selectable: true,
        selectedKeys: [i18n.language],
        onClick: ({ key }) => void choose(key as 'en-US' | 'zh-CN'),
      }}
      trigger={['click']}
    >
      <Button type="text" icon={<GlobalOutlined />} aria-label={t('language')} />
    </Dropdown>
  );
}

function Account() {
  const { t } = useTranslation(['app', 'setup']);
  const { me } = useMe();
  const go = useNavigate();
  const { tokens, keep } = useSession();
  /** Whoever signs out takes no calls any more: without this they would ring here until heartbeats are missed. */
  async function leave() {
    if (me?.permissions.includes('calls.take'))
      await client.DELETE('/v1/routing/agents/me/session').catch(() => {});
    if (tokens)
      await client
        .DELETE('/v1/tenants/sessions', { body: { refresh_token: tokens.refresh_token } })
        .catch(() => {});
    await go({ to: '/login' });
    keep(null);
    queries.clear();
  }
  const items = [
    { key: 'leave', icon: <LogoutOutlined />, label: t('signOut'), onClick: () => void leave() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" icon={<UserOutlined />}>
        {me && t(`setup:people.roles.${me.role as 'owner'}`, { defaultValue: me.role })}
      </Button>
    </Dropdown>
  );
}
