// One board: as it looks now, its tiles to change, its links for televisions.
import { EditOutlined, ExpandOutlined, LinkOutlined } from '@ant-design/icons';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useMay, useZone } from '@/app/me';
import { Page } from '@/app/Page';
import { Loaded } from '@/app/states';
import { BoardEditor } from './BoardEditor';
import { Links } from './Links';
import { useBoardNow } from './useBoard';
import { Wall } from './Wall';

export default function BoardScreen() {
  const { t } = useTranslation('wallboards');
  const { t: app } = useTranslation();
  const { id = '' } = useParams({ strict: false }) as { readonly id?: string };
  const go = useNavigate();
  const zone = useZone();
  const may = useMay()('boards.write');
  const [open, setOpen] = useState<'edit' | 'links' | null>(null);
  const params = { path: { entity_id: id } };
  const board = api.useQuery('get', '/v1/analytics/boards/{entity_id}', { params });
  const now = useBoardNow(id);
  const full = () => {
    void document.documentElement.requestFullscreen?.().catch(() => {});
    void go({ to: `/wallboards/${id}/wall` });
  };
  return (
    <Page
      title={board.data?.name ?? t('title')}
      actions={
        <>
          {may && (
            <>
              <Button icon={<EditOutlined />} onClick={() => setOpen('edit')} disabled={!board.data}>
                {app('edit')}
              </Button>
              <Button icon={<LinkOutlined />} onClick={() => setOpen('links')}>
                {t('links')}
              </Button>
            </>
          )}
          <Button type="primary" icon={<ExpandOutlined />} onClick={full}>
            {t('fullScreen')}
          </Button>
        </>
      }
    >
      <Loaded of={{ ...now, error: now.data ? null : now.error }}>
        {() => now.data && <Wall board={now.data} failing={now.error !== null} zone={zone} />}
      </Loaded>
      {open === 'edit' && board.data && <BoardEditor board={board.data} close={() => setOpen(null)} />}
      {open === 'links' && <Links board={id} close={() => setOpen(null)} />}
    </Page>
  );
}
