// The boards: each with what it shows, opened or made.
import { PlusOutlined } from '@ant-design/icons';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Flex, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { useMay } from '@/app/me';
import { Page } from '@/app/Page';
import { useTell } from '@/app/problems';
import { Rows } from '@/app/Rows';
import { count } from '@/lib/format';
import { FIRST } from './tiles';

const EACH_S = 30;
const again = () => queries.invalidateQueries({ queryKey: ['get', '/v1/analytics/boards'] });

export default function Boards() {
  const { t } = useTranslation('wallboards');
  const { t: app } = useTranslation();
  const may = useMay()('boards.write');
  const tell = useTell();
  const go = useNavigate();
  const [busy, setBusy] = useState(false);
  const asked = api.useQuery('get', '/v1/analytics/boards');
  async function make() {
    setBusy(true);
    const body = { name: t('newName'), columns: 4, tiles: [...FIRST] };
    await client.POST('/v1/analytics/boards', { body }).then(async ({ data }) => {
      await again();
      if (data) await go({ to: `/wallboards/${data.id}` });
    }, tell);
    setBusy(false);
  }
  const remove = (id: string) =>
    client
      .DELETE('/v1/analytics/boards/{entity_id}', { params: { path: { entity_id: id } } })
      .then(again, tell);
  const [first, ...rest] = asked.data?.data ?? [];
  const others = rest.map((one) => one.id).join(',');
  const add = may && (
    <Button type="primary" icon={<PlusOutlined />} loading={busy} onClick={() => void make()}>
      {t('make')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {others && (
            <Button
              onClick={() =>
                void go({ to: `/wallboards/${first?.id}/wall`, search: { with: others, each: EACH_S } })
              }
            >
              {t('inTurn')}
            </Button>
          )}
          {add}
        </>
      }
    >
      <Rows
        of={asked}
        rows={asked.data?.data}
        empty={t('none')}
        action={add}
        columns={[
          { title: t('name'), render: (_, one) => <Link to={`/wallboards/${one.id}`}>{one.name}</Link> },
          { title: t('tiles'), align: 'right', render: (_, one) => count(one.tiles.length) },
          {
            key: 'actions',
            align: 'right',
            render: (_, one) => (
              <Flex gap={4} justify="end">
                <Button size="small" onClick={() => void go({ to: `/wallboards/${one.id}/wall` })}>
                  {t('fullScreen')}
                </Button>
                {may && (
                  <Popconfirm
                    title={t('deleteAsk', { name: one.name })}
                    okText={app('delete')}
                    onConfirm={() => remove(one.id)}
                  >
                    <Button size="small" danger>
                      {app('delete')}
                    </Button>
                  </Popconfirm>
                )}
              </Flex>
            ),
          },
        ]}
      />
    </Page>
  );
}
