// The live floor: what waits, who works, who talks; and what a supervisor does about it.
import { Card, Col, Flex, Row, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { AgentState, type State } from '@/app/AgentState';
import { useMay, type Schemas } from '@/app/me';
import { useNames } from '@/app/Pick';
import { Loaded, Nothing } from '@/app/states';
import { span } from '@/lib/format';
import { useNow } from '@/lib/useNow';
import { AgentActions } from './AgentActions';
import { Alarm } from './Alarm';
import { Calls } from './Calls';
import { Queues } from './Queues';
import { Waiting } from './Waiting';

export type FloorFigures = Schemas['Floor'];
const SHOULD_EVERY_HINT_BE_LOST_MS = 15_000;

export default function Floor() {
  const asked = api.useQuery(
    'get',
    '/v1/analytics/floor',
    {},
    { refetchInterval: SHOULD_EVERY_HINT_BE_LOST_MS },
  );
  return <Loaded of={asked}>{() => asked.data && <Figures floor={asked.data} />}</Loaded>;
}

function Figures({ floor }: { readonly floor: FloorFigures }) {
  const { t } = useTranslation('floor');
  const others = useNames('/v1/routing/queues');
  const queue = (id: string) => floor.queues.find((one) => one.id === id)?.name ?? others(id);
  const may = useMay();
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="center" gap={12} wrap>
        <Typography.Title level={1} style={{ fontSize: 20, margin: 0 }}>
          {t('title')}{' '}
          <Typography.Text type="secondary">{t('underWay', { count: floor.contacts })}</Typography.Text>
        </Typography.Title>
        <Alarm floor={floor} />
      </Flex>
      <Row gutter={[12, 12]}>
        <Col xs={24} xl={16}>
          <Flex vertical gap={12} style={{ maxHeight: 'calc(100vh - 112px)', overflow: 'auto' }}>
            <Queues queues={floor.queues} />
            <Calls calls={floor.calls} queue={queue} />
            {may('contacts.read') && <Waiting queue={queue} />}
          </Flex>
        </Col>
        <Col xs={24} xl={8}>
          <Agents floor={floor} />
        </Col>
      </Row>
    </Flex>
  );
}

function Agents({ floor }: { readonly floor: FloorFigures }) {
  const { t } = useTranslation('floor');
  const now = useNow(1000);
  const may = useMay();
  const many = floor.agents.length > 100; // then only those in sight are drawn, which needs a height in pixels
  return (
    <Card title={t('agents')} size="small">
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        showHeader={false}
        scroll={{ y: many ? innerHeight - 190 : 'calc(100vh - 190px)' }}
        virtual={many}
        dataSource={floor.agents}
        locale={{ emptyText: <Nothing>{t('noAgents')}</Nothing> }}
        columns={[
          { dataIndex: 'name', ellipsis: true },
          {
            width: 160,
            render: (_, agent) => (
              <>
                <AgentState state={agent.state as State} reason={agent.reason} />
                {agent.next_state !== 'available' &&
                  ` → ${t(`next.${agent.next_state as 'away' | 'offline'}`)}`}
              </>
            ),
          },
          { align: 'right', width: 64, render: (_, agent) => span((now - agent.since) / 1000) },
          ...(may('agents.control')
            ? [
                {
                  key: 'actions',
                  width: 88,
                  align: 'right' as const,
                  render: (_: unknown, agent: FloorFigures['agents'][number]) => (
                    <AgentActions agent={agent} />
                  ),
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}
