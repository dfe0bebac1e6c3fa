import { Card, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '@/app/Header';

/** The shape of every public page: one card in the middle. */
export function Public({
  title,
  width = 400,
  children,
}: {
  readonly title: string;
  readonly width?: number;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Flex
      vertical
      align="center"
      gap={24}
      style={{ minHeight: '100vh', padding: '64px 16px', background: 'var(--ant-color-bg-layout)' }}
    >
      <Flex align="center" gap={8}>
        <img src="/icon.svg" alt="" width={28} height={28} />
        <Typography.Text strong style={{ fontSize: 20 }}>
          {t('product')}
        </Typography.Text>
        <LanguageSwitch />
      </Flex>
      <Card style={{ width, maxWidth: '100%' }}>
        <main>
          <Typography.Title level={1} style={{ fontSize: 20, marginTop: 0 }}>
            {title}
          </Typography.Title>
          {children}
        </main>
      </Card>
    </Flex>
  );
}
