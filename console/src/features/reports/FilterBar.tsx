// Which report, which days, split and narrowed by what; all of it in the URL.
import { useNavigate } from '@tanstack/react-router';
import { Checkbox, DatePicker, Flex, Select } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Pick } from '@/app/Pick';
import { grains, reportNames, type Filters } from './filters';
import { range, ranges } from './period';

interface Given {
  readonly filters: Filters;
  readonly today: string;
}
const SPLIT = ['queue', 'agent'] as const;
const OWN_GRAIN = '30min';

export function FilterBar({ filters, today }: Given) {
  const { t } = useTranslation('reports');
  const go = useNavigate();
  const change = (part: Partial<Filters>) => void go({ to: '.', search: { ...filters, ...part } });
  const from = filters.from ?? today;
  const presets = ranges.map((name) => {
    const days = range(name, today);
    return {
      label: t(`ranges.${name}`),
      value: [dayjs(days.from), dayjs(days.to)] as [dayjs.Dayjs, dayjs.Dayjs],
    };
  });
  return (
    <Flex gap={8} wrap align="center">
      <Select
        aria-label={t('report')}
        value={filters.report}
        onChange={(report) => change({ report, grain: undefined, by: undefined })}
        options={reportNames.map((value) => ({ value, label: t(`names.${value}`) }))}
        style={{ width: 180 }}
      />
      <DatePicker.RangePicker
        aria-label={t('days')}
        presets={presets}
        value={[dayjs(from), dayjs(filters.to ?? from)]}
        allowClear={false}
        onChange={(days) =>
          days?.[0] &&
          days[1] &&
          change({ from: days[0].format('YYYY-MM-DD'), to: days[1].format('YYYY-MM-DD') })
        }
      />
      <Select
        aria-label={t('grain')}
        value={filters.grain ?? (filters.report === 'volume' ? OWN_GRAIN : 'whole')}
        onChange={(value) => change({ grain: value })}
        options={grains.map((value) => ({ value, label: t(`grains.${value}`) }))}
        style={{ width: 130 }}
      />
      {filters.report === 'volume' && (
        <Select
          aria-label={t('by')}
          allowClear
          placeholder={t('by')}
          value={filters.by}
          onChange={(by) => change({ by })}
          options={SPLIT.map((value) => ({ value, label: t(`dimensions.${value}`) }))}
          style={{ width: 130 }}
        />
      )}
      <Pick
        from="/v1/routing/queues"
        aria-label={t('dimensions.queue')}
        allowClear
        placeholder={t('dimensions.queue')}
        value={filters.queue}
        onChange={(queue: string | undefined) => change({ queue })}
        style={{ width: 150 }}
      />
      <Pick
        from="/v1/routing/people"
        aria-label={t('dimensions.agent')}
        allowClear
        placeholder={t('dimensions.agent')}
        value={filters.agent}
        onChange={(agent: string | undefined) => change({ agent })}
        style={{ width: 150 }}
      />
      <Checkbox
        checked={filters.compare === true}
        onChange={(event) => change({ compare: event.target.checked || undefined })}
      >
        {t('compare')}
      </Checkbox>
    </Flex>
  );
}
