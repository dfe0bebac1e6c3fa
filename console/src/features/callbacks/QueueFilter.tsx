// The filter by queue, kept in the address.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Pick } from '@/app/Pick';

export function useQueueFilter(): string {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  return typeof search.queue === 'string' ? search.queue : '';
}

export function QueueFilter() {
  const { t } = useTranslation('callbacks');
  const go = useNavigate();
  const queue = useQueueFilter();
  return (
    <Pick
      from="/v1/routing/queues"
      allowClear
      style={{ width: 200 }}
      aria-label={t('queue')}
      placeholder={t('allQueues')}
      value={queue || undefined}
      onChange={(chosen: string | undefined) =>
        void go({ to: '.', search: chosen ? { queue: chosen } : {}, replace: true })
      }
    />
  );
}
