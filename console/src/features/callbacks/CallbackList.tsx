// Customers who are to be called back: who waits first, then those put off; claimed, closed, taken back.
import { Button, Flex, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, client } from '@/api/client';
import { Mark } from '@/app/Mark';
import { useMay, useZone, type Schemas } from '@/app/me';
import { useDesk } from '@/features/desk/useDesk';
import { moment } from '@/lib/format';
import { Close } from './Close';
import { useOwnedBy } from './owner';
import { RENEWED_MS, useDo } from './useWorkList';
import { asking, WorkList, type Shown } from './WorkList';

type Callback = Schemas['CallbackView'];
const OUTCOMES = ['resolved', 'not_needed', 'wrong_number', 'duplicate', 'other'] as const;
const AT = '/v1/routing/callbacks/{contact_id}';

export function Callbacks({ small = false, queue = '' }: Shown) {
  const { t } = useTranslation('callbacks');
  const zone = useZone();
  const ownedBy = useOwnedBy();
  const asked = api.useQuery('get', '/v1/routing/callbacks', asking(queue), { refetchInterval: RENEWED_MS });
  return (
    <WorkList<Callback>
      of={asked}
      small={small}
      empty={t('noCallbacks')}
      who={t('customer')}
      facts={[
        { title: t('due'), render: (_, one) => moment(one.due_at, zone) },
        {
          title: t('state'),
          render: (_, one) => (
            <Flex gap={4} wrap>
              <Mark tone={one.status === 'waiting' ? 'note' : 'plain'}>{t(`status.${one.status}`)}</Mark>
              {ownedBy(one.owner) && <Mark>{ownedBy(one.owner)}</Mark>}
              {!small && one.attempts > 0 && <Mark>{t('attempts', { count: one.attempts })}</Mark>}
            </Flex>
          ),
        },
      ]}
      actions={(one) => <Actions callback={one} />}
    />
  );
}

function Actions({ callback }: { readonly callback: Callback }) {
  const { t } = useTranslation('callbacks');
  const may = useMay();
  const desk = useDesk();
  const { busy, act } = useDo();
  const params = { path: { contact_id: callback.id } };
  const free = desk?.agent.state === 'available';
  const claimable = ['waiting', 'put_off'].includes(callback.status);
  return (
    <Flex gap={4} justify="end" wrap>
      {may('calls.take') && claimable && (
        <Button
          size="small"
          type="primary"
          disabled={!free}
          title={free ? undefined : t('onlyAvailable')}
          loading={busy === 'claim'}
          onClick={() => void act('claim', () => client.PUT(`${AT}/claim`, { params }))}
        >
          {t('callNow')}
        </Button>
      )}
      {may('callbacks.write') && (
        <>
          <Close
            outcomes={OUTCOMES}
            name={(one) => t(`outcomes.${one}`)}
            busy={busy === 'close'}
            close={(outcome) =>
              void act('close', () => client.PUT(`${AT}/outcome`, { params, body: { outcome } }))
            }
          />
          <Popconfirm
            title={t('cancelAsk', { who: callback.customer_name || callback.number })}
            okText={t('cancelIt')}
            onConfirm={() => act('cancel', () => client.DELETE(AT, { params }))}
          >
            <Button size="small" danger loading={busy === 'cancel'}>
              {t('cancelIt')}
            </Button>
          </Popconfirm>
        </>
      )}
    </Flex>
  );
}
