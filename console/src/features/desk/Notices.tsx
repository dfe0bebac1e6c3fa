// On every screen: what happened to the last offer, where the phone is, that the page slept.
import { Alert, Button, Flex } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { span } from '@/lib/format';
import { Sleep, ticking } from '@/live/ticks';
import { useNow } from '@/lib/useNow';
import { usePhone } from '@/phone/PhonePart';
import { missedAs, type Missed } from '@/phone/reach';
import { usePresence } from './PresenceBar';
import { lookAgain, useDesk, type Desk } from './useDesk';

const LOOK_MS = 5_000;
const ASLEEP_MS = 30_000;
const TOLD_FOR_MS = 30_000;
/** What waits for the agent to say that they are back; the rest is told for a while. */
const UNTIL_BACK: readonly Missed[] = ['missed', 'deviceUnreachable', 'deviceLost'];

export function Notices() {
  const desk = useDesk();
  if (!desk) return null;
  return (
    <Flex vertical gap={8} className="notices">
      <Offer desk={desk} />
      <WhereThePhoneIs desk={desk} />
      <Slept />
    </Flex>
  );
}

/** Missed, declined, device lost and caller gone are different things. */
function Offer({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation('desk');
  const presence = usePresence(desk);
  const { came_by: cameBy, reason, state, state_since: since } = desk.agent;
  const what = missedAs(cameBy, reason);
  const now = useNow(1000);
  const waits = what !== null && UNTIL_BACK.includes(what) && ['away', 'offline'].includes(state);
  if (!what || !(waits || (['available', 'away'].includes(state) && now - since < TOLD_FOR_MS))) return null;
  return (
    <Alert
      type={waits ? 'warning' : 'info'}
      showIcon
      title={t(`ended.${what}`)}
      data-ended={what}
      action={
        waits && (
          <Button size="small" type="primary" onClick={presence.goAvailable}>
            {t('goAvailable')}
          </Button>
        )
      }
    />
  );
}

function WhereThePhoneIs({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation('desk');
  const { state, plugIn } = usePhone();
  const works = desk.agent.state !== 'offline' && desk.agent.endpoint.kind === 'browser';
  if (!works || state === 'ready' || state === 'registering') return null;
  return (
    <Alert
      type={state === 'off' ? 'info' : 'warning'}
      showIcon
      title={t(`phone.${state}`)}
      data-phone={state}
      action={
        state !== 'lost' && (
          <Button size="small" onClick={() => void plugIn('here').catch(() => {})}>
            {t(state === 'elsewhere' ? 'moveHere' : 'plugIn')}
          </Button>
        )
      }
    />
  );
}

/** Says so when nothing ran here for a while; what the server has is read again at once. */
function Slept() {
  const { t } = useTranslation('desk');
  const [slept, setSlept] = useState(0);
  useEffect(() => {
    const sleep = new Sleep(ASLEEP_MS, Date.now());
    return ticking(LOOK_MS, () => {
      const gap = sleep.look(Date.now());
      if (!gap) return;
      setSlept(gap);
      void lookAgain();
    });
  }, []);
  if (!slept) return null;
  return (
    <Alert
      type="warning"
      showIcon
      closable={{ 'aria-label': t('gotIt'), onClose: () => setSlept(0) }}
      title={t('slept', { span: span(slept / 1000) })}
    />
  );
}
