// Numbers that are to move here from another carrier: asked for, followed, changed, cancelled.
import { PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Flex, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '@/app/Mark';
import { useMay, useZone, type Schemas } from '@/app/me';
import { useTell } from '@/app/problems';
import { Rows } from '@/app/Rows';
import { moment, NONE } from '@/lib/format';
import { remove, useThings } from '@/lib/things';
import { PortDrawer } from './PortDrawer';

export type Port = Schemas['Port'];
export const PORT_INS = '/v1/ivr/numbers/port-ins';
type State = Port['state'];
const TONES = { done: 'good', rejected: 'warning', cancelled: 'plain' } as const;
const CHANGEABLE: readonly State[] = ['submitted', 'in_review', 'rejected'];
const OVER: readonly State[] = ['done', 'cancelled'];

export function PortIns() {
  const { t } = useTranslation('numbers');
  const asked = useThings<Port>(PORT_INS);
  const may = useMay()('numbers.buy');
  const zone = useZone();
  const [open, setOpen] = useState<Partial<Port> | null>(null);
  const add = may && (
    <Button icon={<PlusOutlined />} onClick={() => setOpen({})}>
      {t('porting.ask')}
    </Button>
  );
  return (
    <Flex vertical gap={12}>
      <Alert type="info" title={t('porting.help')} action={asked.data?.length ? add : undefined} />
      <Rows<Port>
        of={asked}
        rows={asked.data}
        empty={t('porting.empty')}
        action={add}
        columns={[
          { title: t('porting.numbers'), render: (_, one) => <Moving port={one} /> },
          { title: t('porting.carrier'), dataIndex: 'carrier' },
          { title: t('state'), render: (_, one) => <Progress port={one} /> },
          { title: t('porting.wanted'), dataIndex: 'wanted_on', render: (day: string) => day || NONE },
          { title: t('porting.moves'), dataIndex: 'moves_on', render: (day: string) => day || NONE },
          { title: t('porting.changed'), render: (_, one) => moment(one.changed_at || null, zone) },
          { key: 'actions', render: (_, one) => may && <Actions port={one} change={() => setOpen(one)} /> },
        ]}
      />
      {open && <PortDrawer port={open} close={() => setOpen(null)} />}
    </Flex>
  );
}

const FEW = 3;

function Moving({ port: { numbers } }: { readonly port: Port }) {
  const { t } = useTranslation('numbers');
  const more = numbers.length - FEW;
  return (
    <span title={numbers.join(', ')}>
      {numbers.slice(0, FEW).join(', ')}
      {more > 0 && ` ${t('porting.more', { count: more })}`}
    </span>
  );
}

/** Where it is, what that means, and what the other carrier says. */
function Progress({ port: { state, note } }: { readonly port: Port }) {
  const { t } = useTranslation('numbers');
  const tone = TONES[state as keyof typeof TONES] ?? 'note';
  return (
    <>
      <Mark tone={tone}>{t(`porting.states.${state}`)}</Mark>
      <div className="under">{note || t(`porting.means.${state}`)}</div>
    </>
  );
}

function Actions({ port, change }: { readonly port: Port; readonly change: () => void }) {
  const { t } = useTranslation('numbers');
  const { t: app } = useTranslation();
  const tell = useTell();
  return (
    <Flex gap={4} justify="end">
      {CHANGEABLE.includes(port.state) && (
        <Button size="small" onClick={change}>
          {port.state === 'rejected' ? t('porting.again') : app('edit')}
        </Button>
      )}
      {!OVER.includes(port.state) && (
        <Popconfirm
          title={t('porting.cancelAsk')}
          okText={t('porting.cancel')}
          cancelText={t('porting.keep')}
          onConfirm={() => remove(PORT_INS, port.id).catch(tell)}
        >
          <Button size="small" danger>
            {t('porting.cancel')}
          </Button>
        </Popconfirm>
      )}
    </Flex>
  );
}
