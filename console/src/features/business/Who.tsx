// Whose acts the audit trail shows: people and API keys by name; who is there no more by the id that the trail has.
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useMay } from '@/app/me';
import { useMembers } from '@/app/who';

/** As the trail names what nobody asked for at that moment. */
const ITSELF = ['offhook', 'retention', 'erasure'] as const;

/** Who is known of those that act, and their names. */
export function useActors() {
  const { t } = useTranslation('business');
  const people = useMembers();
  const keys = api.useQuery('get', '/v1/integrations/keys', {}, { enabled: useMay()('keys.read') });
  const known = [
    ...people.map((one) => ({ value: one.user_id, label: one.name || one.email, beside: one.email })),
    ...(keys.data?.data ?? []).map((one) => ({ value: one.id, label: one.name, beside: t('audit.key') })),
    ...ITSELF.map((value) => ({ value, label: t(`audit.acts.${value}`), beside: t('audit.itself') })),
  ];
  return { known, named: (id: string) => known.find((one) => one.value === id)?.label || id };
}

interface Given {
  readonly actor?: string;
  readonly change: (actor?: string) => void;
}

export function Who({ actor, change }: Given) {
  const { t } = useTranslation('business');
  const { known } = useActors();
  const [typed, setTyped] = useState('');
  const others = [typed.trim(), actor ?? '']
    .filter((id, at, all) => id && all.indexOf(id) === at && !known.some((one) => one.value === id))
    .map((id) => ({ value: id, label: id, beside: t('audit.byId') }));
  const options = [...known, ...others].map((one) => ({
    ...one,
    found: `${one.label} ${one.beside} ${one.value}`,
  }));
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'found', onSearch: setTyped }}
      aria-label={t('audit.who')}
      placeholder={t('audit.who')}
      value={actor}
      options={options}
      optionRender={({ data }) => (
        <>
          {data.label}
          <div className="under">{data.beside}</div>
        </>
      )}
      style={{ width: 240 }}
      onChange={(id?: string) => change(id)}
    />
  );
}
