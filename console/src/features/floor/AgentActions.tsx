// What a supervisor does with an agent: another state, wrap-up ended, other queues until they sign out.
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import type { Schemas } from '@/app/me';
import { useThings, type Thing } from '@/lib/things';
import { useFloorDo } from './useFloorDo';

type FloorAgent = Schemas['FloorAgent'];
const AT = '/v1/routing/agents/{agent_id}';

export function AgentActions({ agent }: { readonly agent: FloorAgent }) {
  const { t } = useTranslation('floor');
  const { busy, act } = useFloorDo();
  const profiles = useThings<Thing & { readonly name: string }>('/v1/routing/profiles');
  const params = { path: { agent_id: agent.id } };
  const atWork = ['reserved', 'busy', 'wrap_up'].includes(agent.state);
  const turn = (state: 'available' | 'away' | 'offline', reason: string) => () =>
    void act(() => client.PUT(`${AT}/state`, { params, body: { state, reason } }));
  const states = (['available', 'away', 'offline'] as const).map((state) => ({
    key: state,
    label: t(atWork ? `later.${state}` : `turn.${state}`),
    disabled: !atWork && agent.state === state,
    onClick: turn(state, state === 'away' ? 'supervisor' : ''),
  }));
  const moves = (profiles.data ?? []).map((one) => ({
    key: one.id,
    label: one.name,
    disabled: one.id === agent.profile_id,
    onClick: () => void act(() => client.PUT(`${AT}/profile`, { params, body: { profile_id: one.id } })),
  }));
  const items = [
    ...states,
    ...(agent.state === 'wrap_up'
      ? [
          {
            key: 'wrap-up',
            label: t('endWrapUp'),
            onClick: () => void act(() => client.DELETE(`${AT}/wrap-up`, { params })),
          },
        ]
      : []),
    { type: 'divider' as const },
    { key: 'move', label: t('move'), children: moves },
    {
      key: 'back',
      label: t('moveBack'),
      onClick: () => void act(() => client.DELETE(`${AT}/profile`, { params })),
    },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button size="small" loading={busy} aria-label={t('change', { agent: agent.name })}>
        {t('changeIt')}
      </Button>
    </Dropdown>
  );
}
