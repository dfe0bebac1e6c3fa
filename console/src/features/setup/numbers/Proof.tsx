// How an attached number is proven, told until the call has come that proves it.
import { Alert, Button, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useZone } from '@/app/me';
import { Drawer } from '@/app/Overlay';
import { Loaded } from '@/app/states';
import { moment } from '@/lib/format';
import { NUMBERS, type Line } from './own';

const RENEWED_MS = 5_000;

export function Proof({ number, close }: { readonly number: string; readonly close: () => void }) {
  const { t } = useTranslation('numbers');
  const { t: app } = useTranslation();
  const asked = api.useQuery('get', NUMBERS, undefined, { refetchInterval: RENEWED_MS });
  const line = asked.data?.data.find((one) => one.id === number)?.line;
  return (
    <Drawer
      open
      size={480}
      title={t('proof.title', { number })}
      onClose={close}
      footer={
        <Flex justify="end">
          <Button onClick={close}>{app('close')}</Button>
        </Flex>
      }
    >
      <Loaded of={asked}>
        {() => (line ? <Steps line={line} /> : <Alert type="warning" showIcon title={t('proof.gone')} />)}
      </Loaded>
    </Drawer>
  );
}

function Steps({ line }: { readonly line: Line }) {
  const { t } = useTranslation('numbers');
  const zone = useZone();
  if (line.state === 'active') return <Alert type="success" showIcon title={t('proof.done')} />;
  return (
    <Flex vertical gap={12}>
      <ol style={{ margin: 0, paddingInlineStart: 20, display: 'grid', gap: 12 }}>
        <li>
          {t('proof.forward', { number: line.number })}{' '}
          <Typography.Text strong copyable>
            {line.forward_to}
          </Typography.Text>
          <div className="under">{t('proof.forwardHelp')}</div>
        </li>
        <li>
          {t('proof.call', { number: line.number })}
          <div className="under">{t('proof.callHelp')}</div>
        </li>
        <li>{t('proof.seen')}</li>
      </ol>
      <Alert
        type="info"
        showIcon
        title={t('proof.waiting', { until: moment(line.prove_until, zone) })}
        aria-live="polite"
      />
    </Flex>
  );
}
