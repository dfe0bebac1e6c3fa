// The last step: everything that callers would notice is done, from now on they are let in.
import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Flex, Result } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { useZone } from '@/app/me';
import { useTell } from '@/app/problems';
import { moment } from '@/lib/format';
import { NEEDED, PATH, show, useOnboarding } from './useOnboarding';

export function GoLive() {
  const { t } = useTranslation('welcome');
  const { known, isDone } = useOnboarding();
  const tell = useTell();
  const go = useNavigate();
  const [busy, setBusy] = useState(false);
  const left = NEEDED.filter((step) => !isDone(step));
  if (known?.live_at) return <Live at={known.live_at} />;
  async function live() {
    setBusy(true);
    await client.POST(`${PATH}/live`).then(({ data }) => show(data), tell);
    setBusy(false);
  }
  return (
    <Flex vertical gap={12} align="start">
      {left.length > 0 ? (
        <Alert
          type="info"
          showIcon
          title={t('live.left')}
          description={
            <ul style={{ margin: 0, paddingInlineStart: 16 }}>
              {left.map((step) => (
                <li key={step}>
                  <Button
                    type="link"
                    size="small"
                    onClick={() => void go({ to: '/welcome', search: { step } as never, replace: true })}
                  >
                    {t(`step.${step}.name`)}
                  </Button>
                </li>
              ))}
            </ul>
          }
        />
      ) : (
        <Alert type="success" showIcon title={t('live.ready', { number: known?.number ?? '' })} />
      )}
      <Button type="primary" disabled={left.length > 0} loading={busy} onClick={() => void live()}>
        {t('live.go')}
      </Button>
    </Flex>
  );
}

function Live({ at }: { readonly at: number }) {
  const { t } = useTranslation('welcome');
  const zone = useZone();
  return (
    <Result
      status="success"
      title={t('live.isLive')}
      subTitle={t('live.since', { at: moment(at, zone) })}
      extra={
        <Flex gap={16} justify="center">
          <Link to="/desk">{t('live.desk')}</Link>
          <Link to="/live">{t('live.floor')}</Link>
        </Flex>
      }
    />
  );
}
