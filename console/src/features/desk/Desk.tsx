// The agent's desk: the call on the left, who it is in the middle, what was before on the right; between calls, what waits.
import { Button, Card, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { State } from '@/app/AgentState';
import { useMay } from '@/app/me';
import { Callbacks } from '@/features/callbacks/CallbackList';
import { Voicemails } from '@/features/callbacks/VoicemailList';
import { MyFigures } from '@/features/mine/MyFigures';
import { CallCard } from './CallCard';
import { Customer } from './Customer';
import { DeviceCheck } from './DeviceCheck';
import { Dial } from './Dial';
import { History } from './History';
import { Notes } from './Notes';
import { usePresence } from './PresenceBar';
import { useCheck } from './checking';
import { useDesk } from './useDesk';
import { useLeftNotes } from './useLeftNotes';
import './desk.css';

export default function DeskScreen() {
  const { t } = useTranslation('desk');
  const desk = useDesk();
  const check = useCheck();
  const work = desk?.work ?? null;
  useLeftNotes(work?.contact_id, desk !== null);
  const free = desk !== null && ['available', 'away'].includes(desk.agent.state);
  return (
    <div className="desk">
      <h1 className="visually-hidden">{t('title')}</h1>
      <Flex vertical gap={12}>
        {work && desk ? (
          <CallCard key={work.contact_id} work={work} state={desk.agent.state as State} />
        ) : (
          <Idle />
        )}
        {!work && check.on && <DeviceCheck />}
        {!work && free && !check.on && <Dial />}
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
        {!work && <Waiting />}
      </Flex>
      <div>{work ? <History work={work} /> : <MyFigures />}</div>
    </div>
  );
}

function Idle() {
  const { t } = useTranslation('desk');
  const desk = useDesk();
  const presence = usePresence(desk);
  const check = useCheck();
  const state = (desk?.agent.state ?? 'offline') as State;
  return (
    <Card size="small" title={t('call')}>
      <Typography.Paragraph type="secondary">
        {t(state === 'available' ? 'waiting' : state === 'away' ? 'notReady' : 'notWorking')}
      </Typography.Paragraph>
      <Flex vertical gap={8}>
        {state !== 'available' && (
          <Button type="primary" block onClick={presence.goAvailable}>
            {t(state === 'offline' ? 'startShift' : 'goAvailable')}
          </Button>
        )}
        {!check.on && (
          <Button type="link" size="small" onClick={check.begin}>
            {t('check.title')}
          </Button>
        )}
      </Flex>
    </Card>
  );
}

/** Between calls: who wants to be called back, and what was left for us. */
function Waiting() {
  const { t } = useTranslation('callbacks');
  const may = useMay();
  return (
    <>
      {may('callbacks.read') && (
        <Card size="small" title={t('callbacks')}>
          <Callbacks small />
        </Card>
      )}
      {may('voicemails.read') && (
        <Card size="small" title={t('voicemails')}>
          <Voicemails small />
        </Card>
      )}
    </>
  );
}
