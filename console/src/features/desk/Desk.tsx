// The agent's desk: the call on the left, who it is in the middle, what was before on the right.
import { Alert, Button, Card, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { State } from '@/app/AgentState';
import { usePhone } from '@/phone/PhonePart';
import { CallCard } from './CallCard';
import { Customer } from './Customer';
import { Dial } from './Dial';
import { History } from './History';
import { Notes } from './Notes';
import { usePresence } from './PresenceBar';
import { useDesk } from './useDesk';
import './desk.css';

export default function DeskScreen() {
  const { t } = useTranslation('desk');
  const desk = useDesk();
  const work = desk?.work ?? null;
  return (
    <div className="desk">
      <h1 className="visually-hidden">{t('title')}</h1>
      <Flex vertical gap={12}>
        <PhoneTrouble works={desk !== null && desk.agent.state !== 'offline'} />
        {work && desk ? (
          <CallCard key={work.contact_id} work={work} state={desk.agent.state as State} />
        ) : (
          <Idle />
        )}
        {!work && desk && ['available', 'away'].includes(desk.agent.state) && <Dial />}
      </Flex>
      <Flex vertical gap={12}>
        {work && (
          <>
            <Customer work={work} />
            {work.offer_id && work.expires_at === null && (
              <Notes key={work.contact_id} work={work} wrapUp={desk?.agent.state === 'wrap_up'} />
            )}
          </>
        )}
      </Flex>
      <div>{work && <History work={work} />}</div>
    </div>
  );
}

function Idle() {
  const { t } = useTranslation('desk');
  const desk = useDesk();
  const presence = usePresence(desk);
  const state = (desk?.agent.state ?? 'offline') as State;
  return (
    <Card size="small" title={t('call')}>
      <Typography.Paragraph type="secondary">
        {t(state === 'available' ? 'waiting' : state === 'away' ? 'notReady' : 'notWorking')}
      </Typography.Paragraph>
      {state !== 'available' && (
        <Button type="primary" block onClick={presence.goAvailable}>
          {t(state === 'offline' ? 'startShift' : 'goAvailable')}
        </Button>
      )}
    </Card>
  );
}

/** Says what is wrong with the phone in the page, and offers to plug it in: after a reload it is out. */
function PhoneTrouble({ works }: { readonly works: boolean }) {
  const { t } = useTranslation('desk');
  const { state, plugIn } = usePhone();
  const desk = useDesk();
  if (!works || state === 'ready' || state === 'registering' || desk?.agent.endpoint.kind !== 'browser')
    return null;
  return (
    <Alert
      type={state === 'off' ? 'info' : 'warning'}
      showIcon
      title={t(`phone.${state}`)}
      action={
        <Button size="small" onClick={() => void plugIn().catch(() => {})}>
          {t('plugIn')}
        </Button>
      }
    />
  );
}
