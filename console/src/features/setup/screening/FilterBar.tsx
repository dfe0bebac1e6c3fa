// Which of the two lists is shown, and a part of the number; kept in the address.
import { useNavigate } from '@tanstack/react-router';
import { Flex, Input, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { LISTS, type ScreeningFilters } from '../filters';

export function FilterBar({ filters }: { readonly filters: ScreeningFilters }) {
  const { t } = useTranslation('setup');
  const { t: app } = useTranslation();
  const go = useNavigate();
  const change = (part: Partial<ScreeningFilters>) =>
    void go({ to: '/screening', search: { ...filters, ...part }, replace: true });
  const lists = LISTS.map((value) => ({ value, label: t(`screening.lists.${value}`) }));
  return (
    <Flex gap={8} wrap>
      <Segmented
        aria-label={t('screening.list')}
        value={filters.listed ?? ''}
        options={[{ value: '', label: app('all') }, ...lists]}
        onChange={(value) => change({ listed: LISTS.find((one) => one === value) })}
      />
      <Input.Search
        aria-label={t('screening.number')}
        placeholder={t('screening.number')}
        allowClear
        key={filters.number ?? ''}
        defaultValue={filters.number}
        onSearch={(number) => change({ number: number.replace(/\s/g, '') || undefined })}
        style={{ width: 200 }}
      />
    </Flex>
  );
}
