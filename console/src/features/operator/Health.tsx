// How deep every queue of the platform is, and what could not be handled: looked at, and sent back.
import { App, Button, Card, Descriptions, Flex, Popconfirm, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { Mark } from '@/app/Mark';
import { useZone, type Schemas } from '@/app/me';
import { useTell } from '@/app/problems';
import { Rows } from '@/app/Rows';
import { count, moment, span } from '@/lib/format';

const isDead = (queue: string) => queue.endsWith('-dead');
const LETTERS = '/v1/operator/dead-letters';

export function Health() {
  const { t } = useTranslation('operator');
  const asked = api.useQuery('get', '/v1/operator/health', {}, { refetchInterval: 10_000 });
  const dead = (asked.data?.queues ?? []).filter((one) => isDead(one.queue));
  return (
    <Flex vertical gap={12}>
      <Rows<Schemas['QueueHealth']>
        of={asked}
        rowKey="queue"
        rows={asked.data?.queues}
        columns={[
          { title: t('queue'), dataIndex: 'queue' },
          { title: t('waiting'), align: 'right', render: (_, one) => count(one.waiting) },
          { title: t('taken'), align: 'right', render: (_, one) => count(one.taken) },
          { title: t('oldest'), align: 'right', render: (_, one) => span(one.oldest_s) },
          {
            title: t('status'),
            render: (_, one) =>
              isDead(one.queue) && one.waiting > 0 ? (
                <Mark tone="warning">{t('dead')}</Mark>
              ) : (
                <Mark tone="good">{t('fine')}</Mark>
              ),
          },
        ]}
      />
      {asked.data && <Behind health={asked.data} />}
      {dead.length > 0 && <DeadLetters queues={dead} />}
    </Flex>
  );
}

/** How far each reader of the event stream is behind, and whether the lake took every file. */
function Behind({ health }: { readonly health: Schemas['Health'] }) {
  const { t } = useTranslation('operator');
  const items = health.consumers.map((one) => ({
    key: one.consumer,
    label: one.consumer,
    children: span(one.behind_s),
  }));
  return (
    <Card size="small" title={t('behind')}>
      <Descriptions
        size="small"
        items={[...items, { key: 'lake', label: t('lakeErrors'), children: count(health.lake_errors) }]}
      />
    </Card>
  );
}

function DeadLetters({ queues }: { readonly queues: readonly Schemas['QueueHealth'][] }) {
  const { t } = useTranslation('operator');
  const { message } = App.useApp();
  const zone = useZone();
  const tell = useTell();
  const deepest = [...queues].sort((a, b) => b.waiting - a.waiting)[0]?.queue ?? '';
  const [queue, setQueue] = useState(deepest);
  const asked = api.useQuery('get', LETTERS, { params: { query: { queue } } });
  const redrive = async () => {
    const { data } = await client.POST(`${LETTERS}/redrive`, { body: { queue } });
    void message.success(t('redriven', { count: data?.sent_back ?? 0 }));
    await queries.invalidateQueries({ queryKey: ['get', LETTERS] });
    await queries.invalidateQueries({ queryKey: ['get', '/v1/operator/health'] });
  };
  return (
    <Card
      size="small"
      title={t('letters')}
      extra={
        <Flex gap={8}>
          <Select
            aria-label={t('queue')}
            value={queue}
            onChange={setQueue}
            style={{ minWidth: 240 }}
            options={queues.map((one) => ({
              value: one.queue,
              label: `${one.queue} (${count(one.waiting)})`,
            }))}
          />
          <Popconfirm
            title={t('redriveAsk', { queue })}
            okText={t('redrive')}
            onConfirm={() => redrive().catch(tell)}
          >
            <Button disabled={(asked.data?.data.length ?? 0) === 0}>{t('redrive')}</Button>
          </Popconfirm>
        </Flex>
      }
    >
      <Rows<Schemas['Letter']>
        of={asked}
        rows={asked.data?.data}
        empty={t('noLetters')}
        columns={[
          { title: t('sent'), render: (_, one) => moment(one.sent_at, zone) },
          { title: t('attempts'), dataIndex: 'attempts', align: 'right' },
          {
            title: t('body'),
            render: (_, one) => (
              <Typography.Text code ellipsis={{ tooltip: one.body }} style={{ maxWidth: 640 }}>
                {one.body}
              </Typography.Text>
            ),
          },
        ]}
      />
    </Card>
  );
}
