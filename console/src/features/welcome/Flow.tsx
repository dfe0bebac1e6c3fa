// What callers hear: the flow of one's trade, published with the set-up, changed in the designer.
import { Link } from '@tanstack/react-router';
import { Flex, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { Mark } from '@/app/Mark';
import type { Schemas } from '@/app/me';
import { Loaded } from '@/app/states';

type Summary = Schemas['FlowSummary'];

export function Flow() {
  const { t } = useTranslation('welcome');
  const asked = api.useQuery('get', '/v1/ivr/flows');
  const flows = (asked.data as { data?: Summary[] } | undefined)?.data ?? [];
  return (
    <Loaded of={asked}>
      {() => (
        <Flex vertical gap={12} align="start">
          <Table<Summary>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={flows}
            style={{ width: '100%', maxWidth: 560 }}
            columns={[
              {
                title: t('flow.name'),
                render: (_, flow) => (
                  <Link to="/flows/$id" params={{ id: flow.id } as never}>
                    {flow.name}
                  </Link>
                ),
              },
              {
                title: t('flow.state'),
                render: (_, flow) => (
                  <Mark tone={flow.published ? 'good' : 'plain'}>
                    {flow.published ? t('flow.published', { number: flow.published }) : t('flow.draft')}
                  </Mark>
                ),
              },
            ]}
          />
          <span className="quiet">{t('flow.help')}</span>
        </Flex>
      )}
    </Loaded>
  );
}
