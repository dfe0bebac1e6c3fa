// Presence on every screen: the state with its timer, and the way to another.
import { Dropdown, Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { AgentState, type State } from '@/app/AgentState';
import { useTell } from '@/app/problems';
import { span } from '@/lib/format';
import { useNow } from '@/lib/useNow';
import { usePhone } from '@/phone/PhonePart';
import { lookAgain, useDesk, useHeartbeat, type Desk } from './useDesk';

const STATE = '/v1/routing/agents/me/state';
const SESSION = '/v1/routing/agents/me/session';

export function PresenceBar() {
  const { t } = useTranslation('desk');
  const desk = useDesk();
  const presence = usePresence(desk);
  useHeartbeat(desk);
  const state = (desk?.agent.state ?? 'offline') as State;
  const items = [
    {
      key: 'available',
      label: t('goAvailable'),
      disabled: state === 'available',
      onClick: presence.goAvailable,
    },
    { key: 'away', label: t('takeBreak'), disabled: state === 'offline', onClick: presence.takeBreak },
    { key: 'offline', label: t('stopWork'), disabled: state === 'offline', onClick: presence.stop },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button>
        <Flex gap={8}>
          <AgentState state={state} reason={desk?.agent.reason} />
          {desk && state !== 'offline' && <Since at={desk.agent.state_since} />}
        </Flex>
      </Button>
    </Dropdown>
  );
}

function Since({ at }: { readonly at: number }) {
  const now = useNow(1000);
  return <span>{span((now - at) / 1000)}</span>;
}

/** What an agent may choose; the phone is plugged in before the first ring can come. */
export function usePresence(desk: Desk | null) {
  const tell = useTell();
  const phone = usePhone();
  const act = (action: () => Promise<unknown>) => void action().catch(tell).finally(lookAgain);
  const works = desk !== null && desk.agent.state !== 'offline';
  return {
    goAvailable: () =>
      act(async () => {
        await phone.plugIn();
        await (works
          ? client.PUT(STATE, { body: { state: 'available', reason: '' } })
          : client.POST(SESSION, { body: { endpoint: null, state: 'available' } }));
      }),
    takeBreak: () => act(() => client.PUT(STATE, { body: { state: 'away', reason: 'break' } })),
    stop: () =>
      act(async () => {
        await client.DELETE(SESSION);
        phone.unplug();
      }),
  };
}
