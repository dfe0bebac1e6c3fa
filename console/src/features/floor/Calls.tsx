// Calls under way, and what a supervisor does with them: listen, whisper, barge, take over, end.
import { Card, Checkbox, Popconfirm, Button, Flex, Segmented, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '@/api/client';
import { Mark } from '@/app/Mark';
import { useMay, useMe, type Schemas } from '@/app/me';
import { Nothing } from '@/app/states';
import { span } from '@/lib/format';
import { useNow } from '@/lib/useNow';
import { useFloorDo } from './useFloorDo';

type FloorCall = Schemas['FloorCall'];
const MODES = ['listen', 'whisper', 'barge'] as const;
type Mode = (typeof MODES)[number];
const LONG_S = 300;
const VERY_LONG_S = 600;

export function Calls({
  calls,
  queue,
}: {
  readonly calls: readonly FloorCall[];
  readonly queue: (id: string) => string;
}) {
  const { t } = useTranslation('floor');
  const now = useNow(1000);
  const monitors = useMay()('calls.monitor');
  const { me } = useMe();
  const age = (call: FloorCall) => (now - call.since) / 1000;
  return (
    <Card title={t('calls')} size="small">
      <Table<FloorCall>
        size="small"
        rowKey="contact_id"
        pagination={false}
        dataSource={[...calls].sort((a, b) => a.since - b.since)}
        locale={{ emptyText: <Nothing>{t('noCalls')}</Nothing> }}
        columns={[
          { title: t('agent'), dataIndex: 'agent_name' },
          { title: t('queue'), render: (_, call) => queue(call.queue) },
          { title: t('lasts'), align: 'right', render: (_, call) => <Age seconds={age(call)} /> },
          {
            key: 'marks',
            render: (_, call) => (
              <Flex gap={4} wrap>
                {call.help_asked_at !== null && (
                  <Mark tone="warning">
                    {t('helpAsked')}
                    {call.help_note && `: ${call.help_note}`}
                  </Mark>
                )}
                {call.on_hold && <Mark>{t('onHold')}</Mark>}
                {call.monitored_by.map((one) => (
                  <Mark key={one.agent_id} tone="note">
                    {t(`modes.${one.mode as Mode}`)}: {one.name}
                  </Mark>
                ))}
              </Flex>
            ),
          },
          {
            key: 'actions',
            render: (_, call) =>
              monitors && call.agent_id !== me?.agent_id ? <Monitor call={call} /> : null,
          },
        ]}
      />
    </Card>
  );
}

/** Colour, and a word for who does not see it. */
function Age({ seconds }: { readonly seconds: number }) {
  const { t } = useTranslation('floor');
  if (seconds < LONG_S) return <>{span(seconds)}</>;
  return (
    <Mark tone={seconds < VERY_LONG_S ? 'plain' : 'warning'}>
      {span(seconds)} {t(seconds < VERY_LONG_S ? 'long' : 'veryLong')}
    </Mark>
  );
}

function Monitor({ call }: { readonly call: FloorCall }) {
  const { t } = useTranslation('floor');
  const { me } = useMe();
  const may = useMay();
  const { busy, act } = useFloorDo();
  const mine = call.monitored_by.find((one) => one.agent_id === me?.agent_id);
  const params = { path: { contact_id: call.contact_id } };
  const at = '/v1/routing/contacts/{contact_id}' as const;
  const { data: rules } = api.useQuery('get', '/v1/routing/supervision-rules', {}, { staleTime: 60_000 });
  const mayHide = rules?.private_listening ?? false;
  const [unseen, setUnseen] = useState(mine?.private ?? false);
  const enter = (mode: Mode, hidden = unseen) =>
    void act(() => client.PUT(`${at}/monitoring`, { params, body: { mode, private: mayHide && hidden } }));
  /** Whoever is in the call already is seen, or not, from now on. */
  const hide = (hidden: boolean) => {
    setUnseen(hidden);
    if (mine) enter(mine.mode as Mode, hidden);
  };
  return (
    <Flex gap={4} justify="end" align="center" wrap>
      {mayHide && (
        <Checkbox checked={unseen} disabled={busy} onChange={(event) => hide(event.target.checked)}>
          {t('unseen')}
        </Checkbox>
      )}
      <Segmented
        size="small"
        disabled={busy}
        value={(mine?.mode as Mode | undefined) ?? ('' as Mode)}
        onChange={(mode) => enter(mode)}
        options={MODES.map((value) => ({ value, label: t(`modes.${value}`) }))}
        aria-label={t('monitor')}
      />
      {mine && (
        <Button size="small" onClick={() => void act(() => client.DELETE(`${at}/monitoring`, { params }))}>
          {t('leave')}
        </Button>
      )}
      <Popconfirm
        title={t('takeOverAsk', { agent: call.agent_name })}
        onConfirm={() => act(() => client.POST(`${at}/takeover`, { params }))}
      >
        <Button size="small" disabled={mine?.state !== 'joined'} title={mine ? undefined : t('listenFirst')}>
          {t('takeOver')}
        </Button>
      </Popconfirm>
      {may('agents.control') && (
        <Popconfirm
          title={t('endAsk', { agent: call.agent_name })}
          okText={t('end')}
          onConfirm={() => act(() => client.POST(`${at}/end`, { params }))}
        >
          <Button size="small" danger>
            {t('end')}
          </Button>
        </Popconfirm>
      )}
    </Flex>
  );
}
