import { GlobalOutlined, QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Dropdown, Flex, Layout, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { PresenceBar } from '@/features/desk/PresenceBar';
import { Account } from '@/features/session/Account';
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
