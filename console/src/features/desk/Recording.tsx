// Whether the call is recorded, always in sight; paused for card numbers, and on again by itself.
import { Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { useState } from 'react';
import { api, client, queries } from '@/api/client';
import { Mark } from '@/app/Mark';
import { useTell } from '@/app/problems';
import { useKeys } from '@/app/keymap';
import { useShortcuts } from '@/app/shortcuts';
import { clock } from '@/lib/format';
import { useNow } from '@/lib/useNow';

const AT = '/v1/routing/contacts/{contact_id}/recording';
const ONES_ITS_MS = 5_000;

export function Recording({ contact }: { readonly contact: string }) {
  const { t } = useTranslation('desk');
  const tell = useTell();
  const now = useNow(1000);
  const [waits, setWaits] = useState(false);
  const params = { path: { contact_id: contact } };
  const { data } = api.useQuery('get', AT, { params }, { refetchInterval: ONES_ITS_MS, retry: false });
  const paused = data?.state === 'paused';
  const on = data !== undefined && data.state !== 'off';
  async function turn() {
    setWaits(true);
    await client.PUT(AT, { params, body: { state: paused ? 'in-progress' : 'paused' } }).catch(tell);
    await queries.invalidateQueries({ queryKey: ['get', AT] });
    setWaits(false);
  }
  const keys = useKeys();
  useShortcuts({ 'Alt+Shift+KeyR': () => on && void turn() });
  if (!on) return null;
  return (
    <Flex justify="space-between" align="center">
      <Mark tone={paused ? 'warning' : 'plain'}>
        {paused
          ? t('recordingPaused', {
              clock: clock(data.resumes_at == null ? 0 : Math.max(0, (data.resumes_at - now) / 1000)),
            })
          : t('recording')}
      </Mark>
      <Button
        size="small"
        loading={waits || (data.asked !== null && data.asked !== '')}
        onClick={() => void turn()}
        title={keys('Alt+Shift+R')}
      >
        {t(paused ? 'resumeRecording' : 'pauseRecording')}
      </Button>
    </Flex>
  );
}
