import { Card, Col, Row, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { AgentState, type State } from '@/app/AgentState';
import type { Schemas } from '@/app/me';
import { Loaded, Nothing } from '@/app/states';
import { useNames } from '@/app/Pick';
import { Calls } from './Calls';
import { count, NONE, percent, span } from '@/lib/format';
import { useNow } from '@/lib/useNow';

type FloorFigures = Schemas['Floor'];
const SHOULD_EVERY_HINT_BE_LOST_MS = 15_000;

export default function Floor() {
  const asked = api.useQuery(
    'get',
    '/v1/analytics/floor',
    {},
    { refetchInterval: SHOULD_EVERY_HINT_BE_LOST_MS },
  );
  return <Loaded of={asked}>{() => <Figures floor={asked.data as FloorFigures} />}</Loaded>;
}

function Figures({ floor }: { readonly floor: FloorFigures }) {
  const { t } = useTranslation('floor');
  const queue = useNames('/v1/routing/queues');
  return (
    <>
      <Typography.Title level={1} style={{ fontSize: 20, margin: '0 0 12px' }}>
        {t('title')}{' '}
        <Typography.Text type="secondary">{t('underWay', { count: floor.contacts })}</Typography.Text>
      </Typography.Title>
      <Row gutter={[12, 12]}>
        <Col xs={24} xl={14}>
          <Queues floor={floor} />
        </Col>
        <Col xs={24} xl={10}>
          <Agents floor={floor} />
        </Col>
        <Col span={24}>
          <Calls calls={floor.calls} queue={queue} />
        </Col>
      </Row>
    </>
  );
}

function Queues({ floor }: { readonly floor: FloorFigures }) {
  const { t } = useTranslation('floor');
  const now = useNow(1000);
  const right = 'right' as const;
  const wait = (queue: FloorFigures['queues'][number]) =>
    queue.waiting
      ? span(queue.oldest_at == null ? queue.longest_wait_s : (now - queue.oldest_at) / 1000)
      : NONE;
  return (
    <Card title={t('queues')} size="small">
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={floor.queues}
        locale={{ emptyText: <Nothing>{t('noQueues')}</Nothing> }}
        columns={[
          { title: t('queue'), dataIndex: 'name' },
          { title: t('waiting'), dataIndex: 'waiting', align: right, render: count },
          { title: t('longest'), align: right, render: (_, queue) => wait(queue) },
          {
            title: t('level'),
            dataIndex: 'service_level',
            align: right,
            render: (share: number | null) => percent(share),
          },
          { title: t('offered'), dataIndex: 'offered', align: right, render: count },
          { title: t('answered'), dataIndex: 'answered', align: right, render: count },
          { title: t('abandoned'), dataIndex: 'abandoned', align: right, render: count },
        ]}
      />
    </Card>
  );
}

function Agents({ floor }: { readonly floor: FloorFigures }) {
  const { t } = useTranslation('floor');
  const now = useNow(1000);
  return (
    <Card title={t('agents')} size="small">
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        showHeader={false}
        dataSource={floor.agents}
        locale={{ emptyText: <Nothing>{t('noAgents')}</Nothing> }}
        columns={[
          { dataIndex: 'name' },
          { render: (_, agent) => <AgentState state={agent.state as State} reason={agent.reason} /> },
          { align: 'right', render: (_, agent) => span((now - agent.since) / 1000) },
        ]}
      />
    </Card>
  );
}
