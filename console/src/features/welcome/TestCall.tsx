// A call to oneself: the shift begins, the number is rung, the call is answered here.
import { Link } from '@tanstack/react-router';
import { Alert, Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { client, queries } from '@/api/client';
import type { State } from '@/app/AgentState';
import { useSimulated } from '@/app/Menu';
import { useTell } from '@/app/problems';
import { CallCard } from '@/features/desk/CallCard';
import { usePresence } from '@/features/desk/PresenceBar';
import { useDesk } from '@/features/desk/useDesk';
import { usePhone } from '@/phone/PhonePart';
import { Caller } from './Caller';
import { useHours, useOpenNow } from './useHours';
import { lookAgain, useOnboarding } from './useOnboarding';

export function TestCall() {
  const { t } = useTranslation('welcome');
  const { known, isDone } = useOnboarding();
  const simulated = useSimulated();
  return (
    <Flex vertical gap={12}>
      {isDone('test_call') && <Alert type="success" showIcon title={t('test.done')} />}
      <Closed />
      <div className="test">
        <section aria-label={t('test.you')}>
          <h3>{t('test.you')}</h3>
          <Agent />
        </section>
        <section aria-label={t('test.caller')}>
          <h3>{t('test.caller')}</h3>
          {simulated ? (
            <Caller number={known?.number ?? ''} />
          ) : (
            <>
              <p>{t('test.ring')}</p>
              <p className="big-number">{known?.number}</p>
            </>
          )}
        </section>
      </div>
    </Flex>
  );
}

/** Out of hours a caller hears the closing words: to test now, the hours are held open by hand. */
function Closed() {
  const { t } = useTranslation('welcome');
  const { calendar } = useHours();
  const open = useOpenNow(calendar);
  const tell = useTell();
  if (!calendar || (open !== false && !calendar.override)) return null;
  async function hold(override: '' | 'open') {
    if (!calendar) return;
    const params = { path: { calendar_id: calendar.id }, header: { 'If-Match': `"${calendar.version}"` } };
    await client.PUT('/v1/ivr/calendars/{calendar_id}/override', { params, body: { override } } as never);
    await Promise.all([lookAgain(), queries.invalidateQueries({ queryKey: ['get', '/v1/ivr/calendars'] })]);
  }
  const held = calendar.override === 'open';
  return (
    <Alert
      type="warning"
      showIcon
      title={t(held ? 'test.held' : 'test.closed')}
      action={
        <Button size="small" onClick={() => void hold(held ? '' : 'open').catch(tell)}>
          {t(held ? 'test.release' : 'test.hold')}
        </Button>
      }
    />
  );
}

function Agent() {
  const { t } = useTranslation('welcome');
  const desk = useDesk();
  const phone = usePhone();
  const presence = usePresence(desk);
  const state = (desk?.agent.state ?? 'offline') as State;
  if (desk?.work) return <CallCard key={desk.work.contact_id} work={desk.work} state={state} />;
  if (state === 'available' && phone.state === 'ready') return <p>{t('test.waiting')}</p>;
  return (
    <Flex vertical gap={8} align="start">
      <p>{t('test.begin')}</p>
      <Button type="primary" onClick={presence.goAvailable}>
        {t('test.shift')}
      </Button>
      <Link to="/desk" className="quiet">
        {t('test.desk')}
      </Link>
    </Flex>
  );
}
