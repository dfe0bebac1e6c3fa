// The caller's side of a simulated test call: what is heard, keys, words, hanging up.
import { Button, Flex, Input, Typography } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTell } from '@/app/problems';
import { follow, hangUp, press, say } from '@/features/sim/carrier';

export function Heard({ sid }: { readonly sid: string }) {
  const { t } = useTranslation('flows');
  const tell = useTell();
  const [lines, setLines] = useState<readonly string[]>([]);
  const [over, setOver] = useState(false);
  const [words, setWords] = useState('');
  const log = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const stop = new AbortController();
    void follow(
      sid,
      (heard, ended) => {
        setLines((before) => [...before, ...heard]);
        setOver(ended);
      },
      stop.signal,
    ).catch(tell);
    return () => stop.abort();
  }, [sid, tell]);
  useEffect(() => {
    if (lines.length) log.current?.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }, [lines]);
  const speak = () => {
    if (words) void say(sid, words).catch(tell);
    setWords('');
  };
  return (
    <section aria-label={t('trial.title')}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
      <ol ref={log} className="heard" aria-label={t('trial.heard')} aria-live="polite" tabIndex={0}>
        {lines.map((line, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines are only ever added at the end
          <li key={index}>{line}</li>
        ))}
      </ol>
      {over ? (
        <Typography.Text type="secondary">{t('trial.over')}</Typography.Text>
      ) : (
        <Flex gap={4} wrap>
          {[...'123456789*0#'].map((key) => (
            <Button key={key} size="small" onClick={() => void press(sid, key).catch(tell)}>
              {key}
            </Button>
          ))}
          <Input
            size="small"
            style={{ width: 140 }}
            aria-label={t('trial.say')}
            placeholder={t('trial.say')}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            onPressEnter={speak}
          />
          <Button size="small" danger onClick={() => void hangUp(sid).catch(tell)}>
            {t('trial.hangUp')}
          </Button>
        </Flex>
      )}
    </section>
  );
}
