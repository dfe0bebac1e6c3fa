// A number that stays with its carrier and is forwarded to us: named here, then proven by a call.
import { Alert, Form, Input, Select } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { FormDrawer } from '@/app/FormDrawer';
import { numberIn } from '@/features/desk/targets';
import { again, NUMBERS, takesForwarded, useOwnNumbers } from './own';
import { Proof } from './Proof';

interface Given {
  readonly number: string;
  readonly target?: string;
}
const NO_TARGET = { forward_none: 'target' } as const;

export function Attach({ close }: { readonly close: () => void }) {
  const [attached, setAttached] = useState('');
  return attached ? <Proof number={attached} close={close} /> : <Ask attached={setAttached} close={close} />;
}

function Ask({ attached, close }: { readonly attached: (number: string) => void; readonly close: () => void }) {
  const { t } = useTranslation('numbers');
  const { t: setup } = useTranslation('setup');
  const targets = useOwnNumbers(takesForwarded);
  const done = useRef('');
  async function attach({ number, target = '' }: Given) {
    const body = { number: numberIn(number) ?? number, target };
    const { data } = await client.POST(`${NUMBERS}/attachments`, { body });
    await again();
    done.current = data?.number ?? body.number;
  }
  return (
    <FormDrawer<Given>
      title={t('attach.ask')}
      size={480}
      send={t('attach.send')}
      initialValues={{ target: targets[0]?.value }}
      submit={attach}
      close={() => (done.current ? attached(done.current) : close())}
      at={NO_TARGET}
    >
      <Alert type="info" title={t('attach.help')} style={{ marginBottom: 12 }} />
      <Form.Item name="number" label={t('attach.number')} extra={setup('numberHelp')} rules={[{ required: true }]}>
        <Input type="tel" autoComplete="off" />
      </Form.Item>
      <Form.Item name="target" label={t('attach.target')} extra={t('attach.targetHelp')}>
        <Select options={targets} notFoundContent={t('attach.noTarget')} />
      </Form.Item>
    </FormDrawer>
  );
}
