// Who did what, newest first; and whether anybody changed the trail.
import { CheckCircleOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button, Table, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { useZone } from '@/app/me';
import { Page } from '@/app/Page';
import { useTell } from '@/app/problems';
import { Loaded, Nothing } from '@/app/states';
import { moment } from '@/lib/format';

interface Entry {
  readonly seq?: number;
  readonly number?: number;
  readonly at: number;
  readonly actor: string;
  readonly role?: string;
  readonly action: string;
  readonly details?: unknown;
  readonly [more: string]: unknown;
}
interface Got {
  readonly data: Entry[];
  readonly next_cursor: string | null;
}

export default function Audit() {
  const { t } = useTranslation('business');
  const zone = useZone();
  const asked = useInfiniteQuery({
    queryKey: ['audit'],
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      (
        await client.GET('/v1/tenants/audit', {
          params: { query: (pageParam ? { cursor: pageParam } : {}) as never },
        })
      ).data as unknown as Got,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
  const rows = asked.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Page title={t('audit.title')} actions={<Verify />}>
      <Loaded of={asked}>
        {() => (
          <>
            <Table<Entry>
              size="small"
              rowKey={(one) => String(one.seq ?? one.number ?? `${one.at}${one.action}${one.actor}`)}
              pagination={false}
              dataSource={rows}
              locale={{ emptyText: <Nothing /> }}
              columns={[
                { title: t('audit.when'), render: (_, one) => moment(one.at, zone) },
                {
                  title: t('audit.who'),
                  render: (_, one) => [one.actor, one.role].filter(Boolean).join(' · '),
                },
                { title: t('audit.what'), dataIndex: 'action' },
                {
                  title: t('audit.details'),
                  render: (_, one) => (
                    <Typography.Text code ellipsis style={{ maxWidth: 480 }}>
                      {JSON.stringify(one.details ?? one.asked ?? {})}
                    </Typography.Text>
                  ),
                },
              ]}
            />
            {asked.hasNextPage && (
              <Button onClick={() => void asked.fetchNextPage()}>{t('audit.more')}</Button>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Verify() {
  const { t } = useTranslation('business');
  const { message } = App.useApp();
  const tell = useTell();
  async function verify() {
    const { data } = await client.GET('/v1/tenants/audit/verification');
    const said = data as unknown as { problems?: unknown[]; broken?: unknown[] };
    const wrong = (said.problems ?? said.broken ?? []).length;
    void (wrong ? message.error(t('audit.broken', { count: wrong })) : message.success(t('audit.whole')));
  }
  return (
    <Button icon={<CheckCircleOutlined />} onClick={() => void verify().catch(tell)}>
      {t('audit.verify')}
    </Button>
  );
}
