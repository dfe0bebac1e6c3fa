// The look of everything: theme, language of the components, messages.
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { lightTheme } from '@/theme/tokens';

export function Look({ children }: { readonly children: ReactNode }) {
  const { i18n } = useTranslation();
  return (
    <ConfigProvider
      theme={lightTheme}
      locale={i18n.language === 'zh-CN' ? zhCN : enUS}
      componentSize="middle"
      button={{ autoInsertSpace: false }}
    >
      <AntApp style={{ height: '100%' }} message={{ maxCount: 3 }}>
        {children}
      </AntApp>
    </ConfigProvider>
  );
}
