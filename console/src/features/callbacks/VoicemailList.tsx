// What callers said after the beep: the oldest first; claimed, played, answered by a callback, closed.
import { Button, Flex } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '@/api/client';
import { Mark } from '@/app/Mark';
import { useMay, useMe, useZone, type Schemas } from '@/app/me';
import { useTell } from '@/app/problems';
import { moment, span } from '@/lib/format';
import { Close } from './Close';
import { RENEWED_MS, useDo } from './useWorkList';
import { asking, WorkList, type Shown } from './WorkList';

type Voicemail = Schemas['VoicemailView'];
const OUTCOMES = ['answered', 'no_answer_needed', 'unreachable', 'spam', 'other'] as const;
const AT = '/v1/routing/voicemails/{voicemail_id}';

export function Voicemails({ small = false, queue = '' }: Shown) {
  const { t } = useTranslation('callbacks');
  const zone = useZone();
  const asked = api.useQuery('get', '/v1/routing/voicemails', asking(queue), { refetchInterval: RENEWED_MS });
  return (
    <WorkList<Voicemail>
      of={asked}
      small={small}
      empty={t('noVoicemails')}
      who={t('from')}
      facts={[
        { title: t('left'), render: (_, one) => moment(one.left_at, zone) },
        { title: t('length'), align: 'right', render: (_, one) => span(one.duration_s) },
        {
          title: t('state'),
          render: (_, one) => (
            <Mark tone={one.status === 'claimed' ? 'note' : 'plain'}>
              {t(`voicemailStatus.${one.status}`)}
            </Mark>
          ),
        },
      ]}
      actions={(one) => <Actions voicemail={one} />}
    />
  );
}

function Actions({ voicemail }: { readonly voicemail: Voicemail }) {
  const { t } = useTranslation('callbacks');
  const may = useMay();
  const { me } = useMe();
  const { busy, act } = useDo();
  const params = { path: { voicemail_id: voicemail.id } };
  const mine = voicemail.agent_id !== '' && voicemail.agent_id === me?.agent_id;
  return (
    <Flex gap={4} justify="end" wrap align="center">
      {may('voicemails.play') && <Player id={voicemail.id} />}
      {may('voicemails.write') && (
        <>
          <Button
            size="small"
            loading={busy === 'claim'}
            onClick={() =>
              void act('claim', () =>
                mine ? client.DELETE(`${AT}/claim`, { params }) : client.PUT(`${AT}/claim`, { params }),
              )
            }
          >
            {t(mine ? 'giveBack' : 'claim')}
          </Button>
          <Button
            size="small"
            disabled={!voicemail.number || voicemail.callback_id !== ''}
            loading={busy === 'callback'}
            onClick={() => void act('callback', () => client.POST(`${AT}/callback`, { params }))}
          >
            {t('callBack')}
          </Button>
          <Close
            outcomes={OUTCOMES}
            name={(one) => t(`voicemailOutcomes.${one}`)}
            busy={busy === 'close'}
            close={(outcome) =>
              void act('close', () => client.PUT(`${AT}/outcome`, { params, body: { outcome } }))
            }
          />
        </>
      )}
    </Flex>
  );
}

/** The link is good for five minutes and is noted in the audit trail, so it is asked for when somebody listens. */
function Player({ id }: { readonly id: string }) {
  const { t } = useTranslation('callbacks');
  const tell = useTell();
  const [url, setUrl] = useState('');
  const [waits, setWaits] = useState(false);
  async function load() {
    setWaits(true);
    await client
      .GET(`${AT}/sound`, { params: { path: { voicemail_id: id } } })
      .then(({ data }) => setUrl(data?.url ?? ''), tell);
    setWaits(false);
  }
  if (url)
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- there are no words of it to show
    return <audio src={url} controls autoPlay aria-label={t('message')} style={{ height: 28, width: 220 }} />;
  return (
    <Button size="small" loading={waits} onClick={() => void load()}>
      {t('play')}
    </Button>
  );
}
