// The caller of the test: dials, again once the call is over.
import { PhoneOutlined } from '@ant-design/icons';
import { Button, Flex } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTell } from '@/app/problems';
import { call, demo } from '@/features/sim/carrier';
import { Heard } from '@/features/sim/Heard';

const SOMEBODY = '+14155550123';

export function Caller({ number }: { readonly number: string }) {
  const { t } = useTranslation('welcome');
  const tell = useTell();
  const [sid, setSid] = useState('');
  const [over, setOver] = useState(false);
  const under = sid !== '' && !over;
  async function dial() {
    const { caller } = await demo();
    const made = await call(caller ?? SOMEBODY, number, '');
    setOver(false);
    setSid(made);
  }
  return (
    <Flex vertical gap={8}>
      {!under && (
        <Button
          type="primary"
          icon={<PhoneOutlined aria-hidden />}
          disabled={!number}
          style={{ alignSelf: 'start' }}
          onClick={() => void dial().catch(tell)}
        >
          {t('test.call', { number })}
        </Button>
      )}
      {sid && <Heard key={sid} sid={sid} ended={() => setOver(true)} />}
    </Flex>
  );
}
