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
import { unlockAtFirstTouch } from './tones';

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
  const plugging = useRef<Promise<void> | null>(null);
  const wanted = useRef(0); // grows when it is unplugged: what was being plugged in then is not wanted any more
  const [state, setState] = useState<PhoneState>('off');
  const [call, setCall] = useState<PhoneCall | null>(null);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });
  const unplug = useCallback(() => {
    wanted.current += 1;
    plugging.current = null;
    adapter.current?.stop();
    adapter.current = null;
    hold.current?.release();
    hold.current = null;
    setCall(null);
  }, []);
  const plugInNow = useCallback(
    async (here?: 'here') => {
      const asked = wanted.current;
      const lost = () => {
        unplug();
        setState('elsewhere');
      };
      const taken = await holdPhone(name, { steal: here === 'here', lost });
      if (asked !== wanted.current) return taken.release();
      if (taken.held === 'elsewhere') return setState('elsewhere');
      hold.current = taken;
      const made = new ChosenPhone(voiceToken);
      adapter.current = made;
      const on = { device: setState, call: (one: PhoneCall) => setCall(one.phase === 'ended' ? null : one) };
      await made.start(on).catch((error: unknown) => {
        if (asked !== wanted.current) return;
        unplug();
        setState('denied'); // nothing rings here: whoever reads the state must not take it for a phone under way
        throw error;
      });
    },
    [name, unplug],
  );
  const plugIn = useCallback(
    async (here?: 'here') => {
      if (plugging.current) return plugging.current;
      if (adapter.current && latest.current !== 'denied') return;
      if (adapter.current) unplug();
      const begun = plugInNow(here).finally(() => {
        if (plugging.current === begun) plugging.current = null;
      });
      plugging.current = begun;
      return begun;
    },
    [plugInNow, unplug],
  );
  useEffect(() => unplug, [unplug]);
  useEffect(unlockAtFirstTouch, []);
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
