// Which countries may be called, at a glance; it is set among the numbers.
import { Link } from '@tanstack/react-router';
import { Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { Mark } from '@/app/Mark';
import { useMay, type Schemas } from '@/app/me';
import { Loaded } from '@/app/states';
import { countryName } from '@/lib/countries';
import { Section } from './Section';

const ALLOWED = '/v1/ivr/numbers/allowed-countries';

export function Countries() {
  const { t } = useTranslation('settings');
  const asked = api.useQuery('get', ALLOWED);
  const may = useMay()('numbers.write');
  const change = may && (
    <Link to="/numbers" search={{ tab: 'out' } as never}>
      {t('change')}
    </Link>
  );
  return (
    <Section title={t('countries.title')} help={t('countries.help')} actions={change}>
      <Loaded of={asked}>{() => asked.data && <Shown allowed={asked.data} />}</Loaded>
    </Section>
  );
}

function Shown({ allowed }: { readonly allowed: Schemas['CountriesView'] }) {
  const { t } = useTranslation('settings');
  const names = allowed.countries.map(countryName).sort((one, other) => one.localeCompare(other));
  return (
    <Flex vertical gap={8}>
      <Flex gap={4} wrap>
        {names.length === 0 && t('countries.none')}
        {names.map((name) => (
          <Mark key={name}>{name}</Mark>
        ))}
      </Flex>
      <Typography.Text>
        {t(allowed.emergency ? 'countries.emergencyOn' : 'countries.emergencyOff')}
      </Typography.Text>
    </Flex>
  );
}
