// The published versions of a flow: who and when, and back to an earlier one.
import { Button, Drawer, Popconfirm, Table } from 'antd';
import { Mark } from '@/app/Mark';
import { useTranslation } from 'react-i18next';
import { api, client } from '@/api/client';
import { useMay, useZone, type Schemas } from '@/app/me';
import { useTell } from '@/app/problems';
import { Loaded, Nothing } from '@/app/states';
import { moment } from '@/lib/format';

type Version = Schemas['VersionSummary'] & {
  readonly number: number;
  readonly published_at?: number;
  readonly at?: number;
  readonly by?: string;
};
interface Given {
  readonly flow: Schemas['FlowView'];
  readonly close: () => void;
  readonly changed: () => void;
}

export function Versions({ flow, close, changed }: Given) {
  const { t } = useTranslation('flows');
  const zone = useZone();
  const tell = useTell();
  const may = useMay()('flows.publish');
  const asked = api.useQuery('get', '/v1/ivr/flows/{flow_id}/versions', {
    params: { path: { flow_id: flow.id } },
  });
  const back = (number: number) =>
    client
      .PUT('/v1/ivr/flows/{flow_id}/published', {
        params: { path: { flow_id: flow.id }, header: { 'If-Match': `"${flow.version}"` } } as never,
        body: { number },
      })
      .then(changed, tell)
      .finally(close);
  return (
    <Drawer open size={480} title={t('versions')} onClose={close}>
      <Loaded of={asked}>
        {() => (
          <Table<Version>
            size="small"
            rowKey="number"
            pagination={false}
            dataSource={(asked.data?.data ?? []) as Version[]}
            locale={{ emptyText: <Nothing>{t('notPublished')}</Nothing> }}
            columns={[
              { title: t('version'), dataIndex: 'number' },
              { title: t('when'), render: (_, one) => moment(one.published_at ?? one.at, zone) },
              {
                key: 'actions',
                align: 'right',
                render: (_, one) =>
                  one.number === flow.published ? (
                    <Mark tone="good">{t('takesCalls')}</Mark>
                  ) : may ? (
                    <Popconfirm
                      title={t('backAsk', { number: one.number })}
                      onConfirm={() => back(one.number)}
                    >
                      <Button size="small">{t('backTo')}</Button>
                    </Popconfirm>
                  ) : null,
              },
            ]}
          />
        )}
      </Loaded>
    </Drawer>
  );
}
