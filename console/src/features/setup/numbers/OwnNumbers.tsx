// Every number that the business has: its name, the flow that answers it, and what is to be known of it.
import { Button, Flex, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useMay } from '@/app/me';
import { Rows } from '@/app/Rows';
import { NONE } from '@/lib/format';
import { FlowOf } from './FlowOf';
import { Name } from './Name';
import { NUMBERS, type Owned } from './own';
import { Proof } from './Proof';
import { Release } from './Release';
import { State } from './State';

type Opened = { readonly what: 'name' | 'proof'; readonly number: Owned } | null;

export function OwnNumbers({ action }: { readonly action: ReactNode }) {
  const { t } = useTranslation('numbers');
  const asked = api.useQuery('get', NUMBERS);
  const may = useMay();
  const [open, setOpen] = useState<Opened>(null);
  const close = () => setOpen(null);
  const actions = (number: Owned) => (
    <Flex gap={4} justify="end">
      {isUnproven(number) && (
        <Button size="small" onClick={() => setOpen({ what: 'proof', number })}>
          {t('proof.how')}
        </Button>
      )}
      {may('numbers.write') && number.flow_id && (
        <Button size="small" onClick={() => setOpen({ what: 'name', number })}>
          {t('rename')}
        </Button>
      )}
      {may('numbers.buy') && number.line && <Release number={number.line} />}
    </Flex>
  );
  return (
    <>
      <Rows<Owned>
        of={asked}
        rows={asked.data?.data}
        empty={t('empty')}
        action={action}
        columns={[
          {
            title: t('number'),
            dataIndex: 'id',
            render: (id: string) => <Typography.Text copyable>{id}</Typography.Text>,
          },
          { title: t('name'), dataIndex: 'name', render: (name: string) => name || NONE },
          {
            title: t('flow'),
            render: (_, one) => !isUnproven(one) && <FlowOf number={one} fixed={!may('numbers.write')} />,
          },
          { title: t('state'), render: (_, one) => one.line && <State line={one.line} /> },
          { key: 'actions', render: (_, one) => actions(one) },
        ]}
      />
      {open?.what === 'name' && <Name number={open.number} close={close} />}
      {open?.what === 'proof' && <Proof number={open.number.id} close={close} />}
    </>
  );
}

const isUnproven = ({ line }: Owned): boolean => line?.state === 'unproven';
