// Opening hours: one of the usual weeks, or one's own.
import { Alert, Button, Flex, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTell } from '@/app/problems';
import { Loaded } from '@/app/states';
import { Week } from '@/features/setup/Week';
import { store } from '@/lib/things';
import { useHours, useOpenNow, type Calendar } from './useHours';
import { lookAgain, useOnboarding } from './useOnboarding';

type Weekly = Calendar['weekly'];
const week = (start: string, end: string, days: number): Weekly =>
  Array.from({ length: 7 }, (_, day) => (day < days ? [{ start, end }] : []));

const USUAL = {
  office: week('09:00', '18:00', 5),
  shop: week('09:00', '20:00', 6),
  daily: week('08:00', '22:00', 7),
  always: week('00:00', '24:00', 7),
} as const;
type Usual = keyof typeof USUAL;
const padded = (weekly: Weekly): Weekly => Array.from({ length: 7 }, (_, day) => weekly[day] ?? []);
const named = (weekly: Weekly): Usual | 'own' => {
  const said = JSON.stringify(padded(weekly));
  return (Object.keys(USUAL) as Usual[]).find((name) => JSON.stringify(USUAL[name]) === said) ?? 'own';
};

export function Hours() {
  const hours = useHours();
  return (
    <Loaded of={hours}>
      {() => (hours.calendar ? <Edit key={hours.calendar.version} calendar={hours.calendar} /> : <None />)}
    </Loaded>
  );
}

function None() {
  const { t } = useTranslation('welcome');
  return (
    <Alert type="info" showIcon title={t('hours.none')} action={<a href="/hours">{t('hours.make')}</a>} />
  );
}

function Edit({ calendar }: { readonly calendar: Calendar }) {
  const { t } = useTranslation('welcome');
  const tell = useTell();
  const { isDone } = useOnboarding();
  const open = useOpenNow(calendar);
  const [weekly, setWeekly] = useState<Weekly>(padded(calendar.weekly));
  const [busy, setBusy] = useState(false);
  async function save() {
    setBusy(true);
    await store<Calendar>('/v1/ivr/calendars', { ...calendar, weekly, override: '' }).catch(tell);
    await lookAgain();
    setBusy(false);
  }
  const chosen = named(weekly);
  const names = [...(Object.keys(USUAL) as Usual[]), ...(chosen === 'own' ? ['own' as const] : [])];
  return (
    <Flex vertical gap={12}>
      {calendar.override && <Alert type="warning" showIcon title={t(`hours.by_hand.${calendar.override}`)} />}
      <Radio.Group
        aria-label={t('hours.usual')}
        optionType="button"
        value={chosen}
        options={names.map((value) => ({ value, label: t(`hours.week.${value}`) }))}
        onChange={({ target }) => setWeekly(USUAL[target.value as Usual] ?? weekly)}
      />
      <Week value={weekly} onChange={(next) => setWeekly(next as Weekly)} />
      <Flex gap={12} align="center">
        <Button type={isDone('hours') ? 'default' : 'primary'} loading={busy} onClick={() => void save()}>
          {t('hours.save')}
        </Button>
        <span className="quiet">
          {t('hours.zone', { zone: calendar.time_zone })}
          {open !== undefined && ` · ${t(open ? 'hours.open' : 'hours.closed')}`}
        </span>
      </Flex>
    </Flex>
  );
}
