// Whose callback it is: the agent who agreed on it, as those see it who may see agents, and each agent their own.
import { useTranslation } from 'react-i18next';
import { useMay, useMe, type Schemas } from '@/app/me';
import { useThings } from '@/lib/things';

/** Who may be asked first: every agent for who may see them, oneself for an agent who may not. */
export function useOwners(): { value: string; label: string }[] {
  const { t } = useTranslation('callbacks');
  const { me } = useMe();
  const sees = useMay()('people.read');
  const agents = useThings<Schemas['AgentConfig']>('/v1/routing/people', sees).data ?? [];
  const others = agents
    .filter((one) => one.id !== me?.agent_id)
    .map((one) => ({ value: one.id, label: one.name }));
  return me?.agent_id ? [{ value: me.agent_id, label: t('me') }, ...others] : others;
}

/** For whom it is, in words; "" = for nobody in particular, or for somebody whom one may not see. */
export function useOwnedBy(): (owner: string) => string {
  const { t } = useTranslation('callbacks');
  const { me } = useMe();
  const owners = useOwners();
  return (owner) => {
    if (owner && owner === me?.agent_id) return t('yours');
    const name = owners.find((one) => one.value === owner)?.label;
    return name ? t('ownedBy', { name }) : '';
  };
}
