// The queues now and today; what is beyond its limit says so; a queue is closed or opened at once.
import { Button, Card, Flex, Popconfirm, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { Mark } from '@/app/Mark';
import { useMay } from '@/app/me';
import { Nothing } from '@/app/states';
import { count, NONE, percent, span } from '@/lib/format';
import { useNow } from '@/lib/useNow';
import type { FloorFigures } from './Floor';
import { beyond, useLimits } from './limits';
import { useFloorDo } from './useFloorDo';

type Queue = FloorFigures['queues'][number];

export function Queues({ queues }: { readonly queues: readonly Queue[] }) {
  const { t } = useTranslation('floor');
  const now = useNow(1000);
  const may = useMay();
  const limits = useLimits();
  const alarms = beyond(queues, limits);
  const right = 'right' as const;
  const wait = (queue: Queue) =>
    queue.waiting
      ? span(queue.oldest_at == null ? queue.longest_wait_s : (now - queue.oldest_at) / 1000)
      : NONE;
  const marked = (queue: Queue, what: 'waiting' | 'level', words: string) =>
    alarms.includes(`${queue.id} ${what}`) ? (
      <Mark tone="warning">
        {words} {t(`alarms.${what}`)}
      </Mark>
    ) : (
      words
    );
  return (
    <Card title={t('queues')} size="small">
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        scroll={{ x: 690, y: 220 }}
        dataSource={[...queues]}
        locale={{ emptyText: <Nothing>{t('noQueues')}</Nothing> }}
        columns={[
          {
            title: t('queue'),
            render: (_, queue) => (
              <Flex gap={4}>
                {queue.name}
                {queue.closed && <Mark tone="warning">{t('closed')}</Mark>}
              </Flex>
            ),
          },
          {
            title: t('waiting'),
            width: 96,
            align: right,
            render: (_, queue) => marked(queue, 'waiting', count(queue.waiting)),
          },
          { title: t('longest'), width: 80, align: right, render: (_, queue) => wait(queue) },
          {
            title: t('level'),
            width: 80,
            align: right,
            render: (_, queue) => marked(queue, 'level', percent(queue.service_level)),
          },
          { title: t('offered'), dataIndex: 'offered', width: 72, align: right, render: count },
          { title: t('answered'), dataIndex: 'answered', width: 84, align: right, render: count },
          { title: t('abandoned'), dataIndex: 'abandoned', width: 96, align: right, render: count },
          ...(may('routing.write')
            ? [
                {
                  key: 'actions',
                  width: 104,
                  fixed: right,
                  align: right,
                  render: (_: unknown, queue: Queue) => <Switch queue={queue} />,
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}

function Switch({ queue }: { readonly queue: Queue }) {
  const { t } = useTranslation('floor');
  const { busy, act } = useFloorDo();
  const turn = (closed: boolean) =>
    act(() =>
      client.PUT('/v1/routing/queues/{entity_id}/closing', {
        params: { path: { entity_id: queue.id } },
        body: { closed, until: null },
      }),
    );
  if (queue.closed)
    return (
      <Button size="small" loading={busy} onClick={() => void turn(false)}>
        {t('open')}
      </Button>
    );
  return (
    <Popconfirm title={t('closeAsk', { queue: queue.name })} okText={t('close')} onConfirm={() => turn(true)}>
      <Button size="small" loading={busy}>
        {t('close')}
      </Button>
    </Popconfirm>
  );
}
