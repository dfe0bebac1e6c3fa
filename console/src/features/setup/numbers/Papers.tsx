// What countries ask for before they sell a number, and how far that is; those that numbers wait for come first.
import { Alert, Card, Flex, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { Mark } from '@/app/Mark';
import type { Schemas } from '@/app/me';
import { Loaded } from '@/app/states';
import { countries, countryName } from '@/lib/countries';
import { NUMBERS } from './own';
import { KINDS, type Kind } from './kinds';

type State = Schemas['BundleState'];
const TONES = { not_needed: 'good', approved: 'good', rejected: 'warning', none: 'warning' } as const;

export function Papers() {
  const { t } = useTranslation('numbers');
  const numbers = api.useQuery('get', NUMBERS);
  const awaited = [
    ...new Set((numbers.data?.data ?? []).map((one) => one.line?.stands_in_for).filter(Boolean)),
  ];
  return (
    <Flex vertical gap={12} style={{ maxWidth: 640 }}>
      <Alert type="info" title={t('papers.help')} />
      {awaited.map((country) => (
        <Card key={country} size="small" title={t('papers.awaited', { country: countryName(country ?? '') })}>
          <Standing country={country ?? ''} kind="local" />
        </Card>
      ))}
      <Look />
    </Flex>
  );
}

function Look() {
  const { t } = useTranslation('numbers');
  const [country, setCountry] = useState<string | null>(null);
  const [kind, setKind] = useState<Kind>('local');
  return (
    <Card size="small" title={t('papers.look')}>
      <Flex vertical gap={12}>
        <Flex gap={8} wrap>
          <Select
            aria-label={t('country')}
            placeholder={t('country')}
            showSearch={{ optionFilterProp: 'label' }}
            options={countries()}
            value={country}
            onChange={setCountry}
            style={{ width: 240 }}
          />
          <Select
            aria-label={t('kind')}
            value={kind}
            onChange={setKind}
            options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
            style={{ width: 140 }}
          />
        </Flex>
        {country && <Standing country={country} kind={kind} />}
      </Flex>
    </Card>
  );
}

export const usePapers = (country: string, kind: Kind) =>
  api.useQuery('get', `${NUMBERS}/papers`, { params: { query: { country, kind } } }, { retry: false });

/** How far the papers of one country and kind are, and what is to be done. */
function Standing({ country, kind }: { readonly country: string; readonly kind: Kind }) {
  const { t } = useTranslation('numbers');
  const asked = usePapers(country, kind);
  const state = asked.data?.state as State | undefined;
  return (
    <Loaded of={asked}>
      {() =>
        state && (
          <Flex vertical gap={4} align="start">
            <Mark tone={TONES[state as keyof typeof TONES] ?? 'note'}>{t(`papers.states.${state}`)}</Mark>
            <div>{t(`papers.means.${state}`)}</div>
          </Flex>
        )
      }
    </Loaded>
  );
}
