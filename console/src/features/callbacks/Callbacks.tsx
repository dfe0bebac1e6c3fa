// Callbacks: the list by queue, and a new one, now or at a time.
import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/app/me';
import { Page } from '@/app/Page';
import { Callbacks } from './CallbackList';
import { QueueFilter, useQueueFilter } from './QueueFilter';
import { Schedule } from './Schedule';

export default function CallbacksScreen() {
  const { t } = useTranslation('callbacks');
  const may = useMay();
  const queue = useQueueFilter();
  const [open, setOpen] = useState(false);
  return (
    <Page
      title={t('callbacks')}
      actions={
        <>
          <QueueFilter />
          {may('callbacks.write') && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
              {t('schedule')}
            </Button>
          )}
        </>
      }
    >
      <Callbacks queue={queue} />
      {open && <Schedule close={() => setOpen(false)} />}
    </Page>
  );
}
