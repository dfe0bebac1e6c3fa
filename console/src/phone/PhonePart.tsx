// The phone of this tab: plugged in while its agent works here, shared by all screens.
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
import type { PhoneAdapter, PhoneCall, PhoneState } from './adapter';
import { SimPhone } from './sim';

interface Phone {
  readonly state: PhoneState;
  readonly call: PhoneCall | null;
  plugIn(): Promise<void>;
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

async function renew(): Promise<string> {
  const { data } = await client.POST('/v1/routing/agents/me/voice-token');
  return (data as { token: string }).token;
}

export function PhonePart({ children }: { readonly children: ReactNode }) {
  const adapter = useRef<PhoneAdapter | null>(null);
  const [state, setState] = useState<PhoneState>('off');
  const [call, setCall] = useState<PhoneCall | null>(null);
  const plugIn = useCallback(async () => {
    if (adapter.current) return;
    const made = new SimPhone(renew);
    adapter.current = made;
    const on = { device: setState, call: (one: PhoneCall) => setCall(one.phase === 'ended' ? null : one) };
    await made.start(on).catch((error: unknown) => {
      adapter.current = null;
      throw error;
    });
  }, []);
  const unplug = useCallback(() => {
    adapter.current?.stop();
    adapter.current = null;
    setCall(null);
  }, []);
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
