// What the month costs so far, what it will come to, and its parts.
import { useQuery } from '@tanstack/react-query';
import { Card, Col, Row, Segmented, Statistic, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import type { Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { Loaded, Nothing } from '@/app/states';
import { money, NONE } from '@/lib/format';

type Costs = Schemas['CostsView'];
const PARTS = ['day', 'feature', 'queue', 'service'] as const;

export default function Usage() {
  const { t } = useTranslation('business');
  const [by, setBy] = useState<(typeof PARTS)[number]>('day');
  const asked = useQuery({
    queryKey: ['get', '/v1/analytics/costs', by],
    queryFn: async () =>
      (await client.GET('/v1/analytics/costs', { params: { query: { by } } as object })).data as Costs,
  });
  const parts = (
    <Segmented
      value={by}
      onChange={setBy}
      options={PARTS.map((value) => ({ value, label: t(`usage.by.${value}`) }))}
    />
  );
  return (
    <Page title={t('usage.title')} actions={parts}>
      <Loaded of={asked}>{() => <Shown costs={asked.data as Costs} />}</Loaded>
    </Page>
  );
}

function Shown({ costs }: { readonly costs: Costs }) {
  const { t } = useTranslation('business');
  const lines = costs.lines as unknown as readonly Readonly<Record<string, string>>[];
  const forecast = costs.forecast as Readonly<Record<string, string>> | null;
  const tiles = [
    ['today', costs.today],
    ['month', costs.month_to_date.list],
    ['due', costs.month_to_date.total],
    ['forecast', forecast?.total ?? forecast?.list ?? null],
  ] as const;
  return (
    <>
      <Row gutter={[12, 12]}>
        {tiles.map(([name, amount]) => (
          <Col key={name} xs={12} lg={6}>
            <Card size="small">
              <Statistic
                title={t(`usage.${name}`)}
                value={amount == null ? NONE : money(amount, costs.currency)}
              />
            </Card>
          </Col>
        ))}
      </Row>
      <Table
        size="small"
        rowKey={(line) => Object.values(line).join()}
        pagination={false}
        dataSource={[...lines]}
        locale={{ emptyText: <Nothing>{t('usage.empty')}</Nothing> }}
        columns={[
          {
            title: t(`usage.by.${costs.by as (typeof PARTS)[number]}`),
            render: (_, line) => line.name ?? line.key ?? line[costs.by] ?? line.id,
          },
          {
            title: t('usage.amount'),
            align: 'right',
            render: (_, line) => money(line.amount ?? line.list, costs.currency, 4),
          },
        ]}
      />
    </>
  );
}
