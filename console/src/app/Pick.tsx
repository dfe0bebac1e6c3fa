// Choosing configured things by their names.
import { Select, type SelectProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { useThings, type Thing, type ThingsPath } from '@/lib/things';

type Named = Thing & { readonly name: string };

export function Pick({ from, ...rest }: SelectProps & { readonly from: ThingsPath }) {
  const asked = useThings<Named>(from);
  const options = (asked.data ?? []).map((one) => ({ value: one.id, label: one.name }));
  return (
    <Select
      loading={asked.isPending}
      options={options}
      showSearch={{ optionFilterProp: 'label' }}
      {...rest}
    />
  );
}

/** The name of one by its id; of one that is there no more, what tells it from others like it. */
export function useNames(from: ThingsPath): (id: string) => string {
  const { t } = useTranslation();
  const asked = useThings<Named>(from);
  if (asked.isPending) return () => '';
  if (!asked.data) return (id) => id;
  return (id) =>
    asked.data.find((one) => one.id === id)?.name ?? (id && t('deleted', { which: id.slice(-4) }));
}
