// What an agent does with the call in hand. Each is a server operation; the desk shows what its answer says.
import { useRef, useState } from 'react';
import { client, queries } from '@/api/client';
import { useTell } from '@/app/problems';
import { lookAgain, type Desk, type Work } from './useDesk';

export type To = { readonly kind: 'agent' | 'queue' | 'number'; readonly id: string };
type Answer = Promise<{ data?: unknown }>;

export function useCallControl(work: Work) {
  const tell = useTell();
  const [asked, setAsked] = useState('');
  const params = { path: { contact_id: work.contact_id } };
  const party = (party_id: string) => ({ path: { contact_id: work.contact_id, party_id } });
  /** what: which button waits for its answer. */
  async function act(what: string, action: () => Answer): Promise<void> {
    setAsked(what);
    try {
      show((await action()).data);
    } catch (error) {
      tell(error);
    } finally {
      setAsked('');
      void lookAgain();
    }
  }
  const at = '/v1/routing/contacts/{contact_id}' as const;
  const pressed = useRef({ waiting: '', sending: false });
  /** Keys arrive in the order in which they were pressed: what is pressed meanwhile goes together, afterwards. */
  async function press(keys: string): Promise<void> {
    const line = pressed.current;
    line.waiting += keys;
    if (line.sending) return;
    line.sending = true;
    while (line.waiting) {
      const body = { keys: line.waiting, to: '' };
      line.waiting = '';
      await act('keys', () => client.POST(`${at}/keys`, { params, body }));
    }
    line.sending = false;
  }
  return {
    asked,
    decline: () =>
      act('decline', () =>
        client.DELETE(`${at}/offers/{offer_id}`, {
          params: { path: { contact_id: work.contact_id, offer_id: work.offer_id } },
        }),
      ),
    hold: (on: boolean) => act('hold', () => client.PUT(`${at}/hold`, { params, body: { on } })),
    mute: (on: boolean) => act('mute', () => client.PUT(`${at}/mute`, { params, body: { on } })),
    hangUp: () => act('hangUp', () => client.DELETE(`${at}/conversation`, { params })),
    keys: press,
    transfer: (to: To) => act('transfer', () => client.POST(`${at}/transfer`, { params, body: { to } })),
    invite: (to: To, role: 'consult' | 'conference') =>
      act('invite', () => client.POST(`${at}/parties`, { params, body: { to, role } })),
    handOver: (id: string) =>
      act(`handOver ${id}`, () => client.POST(`${at}/parties/{party_id}/handover`, { params: party(id) })),
    moreTime: () => act('moreTime', () => client.POST('/v1/routing/agents/me/wrap-up/extension')),
    askForHelp: (note: string) => act('help', () => client.POST(`${at}/help`, { params, body: { note } })),
    withdrawHelp: () => act('help', () => client.DELETE(`${at}/help`, { params })),
    drop: (id: string) =>
      act(`drop ${id}`, () => client.DELETE(`${at}/parties/{party_id}`, { params: party(id) })),
    speakWith: (to: string) =>
      act(`speak ${to}`, () => client.PUT(`${at}/speaking-with`, { params, body: { to } })),
  };
}

export type CallControl = ReturnType<typeof useCallControl>;

function show(answer: unknown): void {
  if (isDesk(answer)) queries.setQueryData(['get', '/v1/routing/agents/me', {}], answer);
}

const isDesk = (answer: unknown): answer is Desk =>
  typeof answer === 'object' && answer !== null && 'agent' in answer && 'work' in answer;
