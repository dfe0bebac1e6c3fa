// Presence and phone on every screen: what rings, the state with its timer, and the way to another.
import { Button, Dropdown, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { AgentState, type State } from '@/app/AgentState';
import { useTell } from '@/app/problems';
import { span } from '@/lib/format';
import { useNow } from '@/lib/useNow';
import { askForNotices } from '@/phone/attention';
import { usePhone } from '@/phone/PhonePart';
import { unlock } from '@/phone/tones';
import { RingBar } from './RingBar';
import { useShortcuts } from '@/app/shortcuts';
import { useCheck } from './checking';
import { lookAgain, useDesk, useHeartbeat, type Desk } from './useDesk';
import { useReplug } from './useReplug';

const STATE = '/v1/routing/agents/me/state';
const SESSION = '/v1/routing/agents/me/session';
export const AWAY = ['break', 'lunch', 'meeting', 'training'] as const;
const AT_WORK = ['reserved', 'busy', 'wrap_up'];

export function PresenceBar() {
  const { t } = useTranslation('desk');
  const desk = useDesk();
  const presence = usePresence(desk);
  useHeartbeat(desk);
  useReplug(desk);
  const state = (desk?.agent.state ?? 'offline') as State;
  const atWork = AT_WORK.includes(state);
  const next = atWork && desk ? desk.agent.next_state : 'available';
  useShortcuts({
    'Alt+Shift+Digit1': presence.goAvailable,
    ...Object.fromEntries(AWAY.map((why, at) => [`Alt+Shift+Digit${at + 2}`, () => presence.goAway(why)])),
  });
  const afterwards = (words: string) => (atWork ? t('afterThis', { what: words }) : words);
  const items = [
    {
      key: 'available',
      label: afterwards(t('goAvailable')),
      disabled: atWork ? next === 'available' : state === 'available',
      onClick: presence.goAvailable,
    },
    ...AWAY.map((why) => ({
      key: why,
      label: afterwards(t(`reasons.${why}`)),
      disabled: state === 'offline',
      onClick: () => presence.goAway(why),
    })),
    { type: 'divider' as const },
    {
      key: 'offline',
      label: afterwards(t('stopWork')),
      disabled: state === 'offline',
      onClick: presence.stop,
    },
  ];
  return (
    <Flex gap={8} align="center">
      {desk?.work && state === 'reserved' && <RingBar work={desk.work} />}
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button>
          <Flex gap={8}>
            <AgentState state={state} reason={desk?.agent.reason} />
            {desk && state !== 'offline' && <Since at={desk.agent.state_since} />}
            {next !== 'available' && <span>{t('afterwards', { state: t(`states.${next as State}`) })}</span>}
          </Flex>
        </Button>
      </Dropdown>
    </Flex>
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
  const check = useCheck();
  const act = (action: () => Promise<unknown>) => void action().catch(tell).finally(lookAgain);
  const works = desk !== null && desk.agent.state !== 'offline';
  return {
    goAvailable: () => {
      unlock();
      askForNotices();
      if (!works) check.begin();
      act(async () => {
        if (!works || desk.agent.endpoint.kind === 'browser') await phone.plugIn('here');
        await (works
          ? client.PUT(STATE, { body: { state: 'available', reason: '' } })
          : client.POST(SESSION, { body: { endpoint: null, state: 'available' } }));
      });
    },
    /** During a call: afterwards. */
    goAway: (reason: string) => {
      if (works) act(() => client.PUT(STATE, { body: { state: 'away', reason } }));
    },
    stop: () =>
      act(async () => {
        await client.DELETE(SESSION);
        check.end();
        if (!desk?.agent.contact_id) phone.unplug();
      }),
  };
}
