// The phone of this tab: plugged in while its agent works here, shared by all screens, in one tab at a time.
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { client } from '@/api/client';
import { useMe } from '@/app/me';
import type { PhoneAdapter, PhoneCall, PhoneState } from './adapter';
import { ChosenPhone, type VoiceToken } from './choose';
import { holdPhone, type Hold } from './oneTab';

interface Phone {
  readonly state: PhoneState;
  readonly call: PhoneCall | null;
  /** here: also when another tab has the phone, which loses it. */
  plugIn(here?: 'here'): Promise<void>;
  unplug(): void;
  accept(): void;
  decline(): void;
  hangUp(): void;
  mute(on: boolean): void;
  digits(digits: string): void;
}

const Context = createContext<Phone | null>(null);

export function usePhone(): Phone {
  const phone = useContext(Context);
  if (!phone) throw new Error('usePhone stands outside of PhonePart');
  return phone;
}

async function voiceToken(): Promise<VoiceToken> {
  const { data } = await client.POST('/v1/routing/agents/me/voice-token');
  return data as VoiceToken;
}

export function PhonePart({ children }: { readonly children: ReactNode }) {
  const { me } = useMe();
  const name = `offhook.phone.${me?.agent_id ?? ''}`;
  const adapter = useRef<PhoneAdapter | null>(null);
  const hold = useRef<Hold | null>(null);
  const [state, setState] = useState<PhoneState>('off');
  const [call, setCall] = useState<PhoneCall | null>(null);
  const unplug = useCallback(() => {
    adapter.current?.stop();
    adapter.current = null;
    hold.current?.release();
    hold.current = null;
    setCall(null);
  }, []);
  const plugIn = useCallback(
    async (here?: 'here') => {
      if (adapter.current) return;
      const lost = () => {
        unplug();
        setState('elsewhere');
      };
      const taken = await holdPhone(name, { steal: here === 'here', lost });
      if (taken.held === 'elsewhere') return setState('elsewhere');
      hold.current = taken;
      const made = new ChosenPhone(voiceToken);
      adapter.current = made;
      const on = { device: setState, call: (one: PhoneCall) => setCall(one.phase === 'ended' ? null : one) };
      await made.start(on).catch((error: unknown) => {
        adapter.current = null;
        taken.release();
        throw error;
      });
    },
    [name, unplug],
  );
  useEffect(() => unplug, [unplug]);
  const phone = useMemo<Phone>(() => {
    const withCall = (act: (phone: PhoneAdapter, id: string) => void) => () => {
      if (adapter.current && call) act(adapter.current, call.id);
    };
    return {
      state,
      call,
      plugIn,
      unplug,
      accept: withCall((one, id) => one.accept(id)),
      decline: withCall((one, id) => one.decline(id)),
      hangUp: withCall((one, id) => one.hangUp(id)),
      mute: (on) => withCall((one, id) => one.mute(id, on))(),
      digits: (digits) => withCall((one, id) => one.digits(id, digits))(),
    };
  }, [state, call, plugIn, unplug]);
  return <Context value={phone}>{children}</Context>;
}
