// Microphone and sound at the start of a shift: a level that moves, a tone to hear, and what to do when there is none.
import { Alert, Button, Card, Flex, Progress, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { play, RING, TEST, unlock } from '@/phone/tones';
import { useCheck } from './checking';
import { listenTo, type Hearing } from './microphone';

const sound = (notes: typeof TEST) => () => {
  unlock();
  play(notes);
};

export function DeviceCheck() {
  const { t } = useTranslation('desk');
  const { end } = useCheck();
  const [hearing, setHearing] = useState<Hearing>({ state: 'asking', level: 0, name: '' });
  const [heard, setHeard] = useState(false);
  useEffect(
    () =>
      listenTo((now) => {
        setHearing(now);
        if (now.level > 0.15) setHeard(true);
      }),
    [],
  );
  return (
    <Card size="small" title={t('check.title')}>
      <Flex vertical gap={8}>
        {hearing.state === 'open' ? (
          <>
            <Typography.Text type="secondary" ellipsis>
              {hearing.name || t('check.microphone')}
            </Typography.Text>
            <Progress
              percent={Math.round(hearing.level * 100)}
              showInfo={false}
              size="small"
              aria-label={t('check.level')}
            />
            <Typography.Text>{t(heard ? 'check.hearsYou' : 'check.speak')}</Typography.Text>
          </>
        ) : (
          <Alert
            type={hearing.state === 'asking' ? 'info' : 'warning'}
            title={t(`check.states.${hearing.state}`)}
          />
        )}
        <Flex gap={8} wrap>
          <Button size="small" onClick={sound(TEST)}>
            {t('check.tone')}
          </Button>
          <Button size="small" onClick={sound(RING)}>
            {t('check.ring')}
          </Button>
          <Button size="small" type="primary" onClick={end}>
            {t('check.fine')}
          </Button>
        </Flex>
      </Flex>
    </Card>
  );
}
