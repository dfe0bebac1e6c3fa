// The telephone numbers of the business: those it has, those on their way here, papers, and where calls may go.
import { PlusOutlined } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/app/me';
import { Page } from '@/app/Page';
import type { NumbersFilters } from '../filters';
import { Attach } from './Attach';
import { Buy } from './Buy';
import { CallsOut } from './CallsOut';
import { OwnNumbers } from './OwnNumbers';
import { Papers } from './Papers';
import { PortIns } from './PortIns';

type Opened = 'buy' | 'attach' | null;

export default function Numbers() {
  const { t } = useTranslation('numbers');
  const { tab } = useSearch({ strict: false }) as NumbersFilters;
  const go = useNavigate();
  const may = useMay()('numbers.buy');
  const [open, setOpen] = useState<Opened>(null);
  const close = () => setOpen(null);
  const buy = may && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen('buy')}>
      {t('buy')}
    </Button>
  );
  const attach = may && <Button onClick={() => setOpen('attach')}>{t('attach.ask')}</Button>;
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {attach}
          {buy}
        </>
      }
    >
      <Tabs
        activeKey={tab}
        onChange={(chosen) => void go({ to: '/numbers', search: { tab: chosen }, replace: true })}
        items={[
          { key: 'own', label: t('tabs.own'), children: <OwnNumbers action={buy} /> },
          { key: 'porting', label: t('tabs.porting'), children: <PortIns /> },
          { key: 'papers', label: t('tabs.papers'), children: <Papers /> },
          { key: 'out', label: t('tabs.out'), children: <CallsOut /> },
        ]}
      />
      {open === 'buy' && <Buy close={close} />}
      {open === 'attach' && <Attach close={close} />}
    </Page>
  );
}
