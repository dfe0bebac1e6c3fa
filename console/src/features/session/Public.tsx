import { Card, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '@/app/Header';
import './public.css';

interface Given {
  readonly title: string;
  /** One sentence below the title. */
  readonly lead?: ReactNode;
  readonly width?: number;
  /** Stands beside the card where there is room. */
  readonly beside?: ReactNode;
  /** Below the card: where else one may want to go. */
  readonly elsewhere?: ReactNode;
  readonly children: ReactNode;
}

/** The shape of every public page: one card in the middle. */
export function Public({ title, lead, width = 400, beside, elsewhere, children }: Given) {
  const { t } = useTranslation();
  return (
    <div className="public">
      <Flex component="header" align="center" gap={8} className="public-head">
        <img src="/icon.svg" alt="" width={24} height={24} />
        <Typography.Text strong style={{ fontSize: 16 }}>
          {t('product')}
        </Typography.Text>
        <span style={{ flex: 1 }} />
        <LanguageSwitch />
      </Flex>
      <div className="public-body">
        {beside && <aside className="public-beside">{beside}</aside>}
        <Card style={{ width, maxWidth: '100%' }} styles={{ body: { padding: 24 } }}>
          <main>
            <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
              {title}
            </Typography.Title>
            {lead && (
              <Typography.Paragraph type="secondary" style={{ margin: '4px 0 0' }}>
                {lead}
              </Typography.Paragraph>
            )}
            <div style={{ marginTop: 16 }}>{children}</div>
            {elsewhere && (
              <Typography.Paragraph className="public-elsewhere">{elsewhere}</Typography.Paragraph>
            )}
          </main>
        </Card>
      </div>
    </div>
  );
}
