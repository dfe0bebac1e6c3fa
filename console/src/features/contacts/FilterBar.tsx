// What the lists of this area are narrowed by: days, queue and agent; each list adds its own.
import { DatePicker, Flex } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useZone } from '@/app/me';
import { Pick } from '@/app/Pick';
import { dayIn, range, ranges } from '@/features/reports/period';
import { useNow } from '@/lib/useNow';
import type { Common } from './filters';

interface Given {
  readonly filters: Common;
  readonly change: (part: Common) => void;
  readonly children?: ReactNode;
}

export function FilterBar({ filters, change, children }: Given) {
  const { t } = useTranslation('contacts');
  const names = useMay()('people.read');
  return (
    <Flex gap={8} wrap>
      <Days filters={filters} change={change} />
      <Pick
        from="/v1/routing/queues"
        aria-label={t('queue')}
        placeholder={t('queue')}
        allowClear
        value={filters.queue}
        onChange={(queue: string | undefined) => change({ queue })}
        style={{ width: 160 }}
      />
      {names && (
        <Pick
          from="/v1/routing/people"
          aria-label={t('agent')}
          placeholder={t('agent')}
          allowClear
          value={filters.agent}
          onChange={(agent: string | undefined) => change({ agent })}
          style={{ width: 160 }}
        />
      )}
      {children}
    </Flex>
  );
}

function Days({ filters, change }: Given) {
  const { t } = useTranslation('contacts');
  const { t: report } = useTranslation('reports');
  const today = dayIn(useNow(60_000), useZone());
  const presets = ranges.map((name) => {
    const days = range(name, today);
    return {
      label: report(`ranges.${name}`),
      value: [dayjs(days.from), dayjs(days.to)] as [dayjs.Dayjs, dayjs.Dayjs],
    };
  });
  return (
    <DatePicker.RangePicker
      aria-label={t('days')}
      presets={presets}
      allowClear={false}
      value={[dayjs(filters.from ?? today), dayjs(filters.to ?? filters.from ?? today)]}
      onChange={(days) =>
        days?.[0] &&
        days[1] &&
        change({ from: days[0].format('YYYY-MM-DD'), to: days[1].format('YYYY-MM-DD') })
      }
    />
  );
}
