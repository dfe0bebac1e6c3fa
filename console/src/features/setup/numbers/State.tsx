// What is to be known of a number that is not simply in use.
import { Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { Mark } from '@/app/Mark';
import { useZone } from '@/app/me';
import { moment } from '@/lib/format';
import type { Line } from './own';
import { countryName } from '@/lib/countries';

export function State({ line }: { readonly line: Line }) {
  const { t } = useTranslation('numbers');
  const zone = useZone();
  const { state, origin, forward_to: target, stands_in_for: awaited } = line;
  return (
    <Flex gap={4} wrap>
      {origin === 'forwarded' && <Mark>{t('states.forwarded', { target })}</Mark>}
      {state === 'unproven' && (
        <Mark tone="warning">{t('states.unproven', { until: moment(line.prove_until, zone) })}</Mark>
      )}
      {state === 'missing' && <Mark tone="warning">{t('states.missing')}</Mark>}
      {state === 'releasing' && <Mark tone="warning">{t('states.releasing')}</Mark>}
      {awaited && <Mark tone="note">{t('states.standsIn', { country: countryName(awaited) })}</Mark>}
    </Flex>
  );
}
