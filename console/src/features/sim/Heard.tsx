// The caller's side of one simulated call: what is heard and done, keys, words, hanging up.
import { Button, Flex, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTell } from '@/app/problems';
import { follow, hangUp, press, say } from './carrier';
import { told } from './tale';

/** ended: told once the call is over. */
export function Heard({ sid, ended }: { readonly sid: string; readonly ended?: () => void }) {
  const { t } = useTranslation('sim');
  const tell = useTell();
  const [lines, setLines] = useState<readonly string[]>([]);
  const [over, setOver] = useState(false);
  const log = useRef<HTMLOListElement>(null);
  const end = useRef(ended);
  useEffect(() => {
    const stop = new AbortController();
    const hear = (heard: readonly string[], isOver: boolean) => {
      setLines((before) => [...before, ...heard]);
      setOver(isOver);
      if (isOver) end.current?.();
    };
    void follow(sid, hear, stop.signal).catch(tell);
    return () => stop.abort();
  }, [sid, tell]);
  useEffect(() => {
    if (lines.length) log.current?.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }, [lines]);
  return (
    <section aria-label={t('caller')}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
      <ol ref={log} className="heard" aria-label={t('heard')} aria-live="polite" tabIndex={0}>
        {lines.map((line, index) => {
          const one = told(line);
          // oxlint-disable-next-line react/no-array-index-key -- lines are only ever added at the end
          return one && <li key={index}>{t(`told.${one.kind}`, { words: one.words })}</li>;
        })}
      </ol>
      {!over && <Controls sid={sid} />}
    </section>
  );
}

function Controls({ sid }: { readonly sid: string }) {
  const { t } = useTranslation('sim');
  const tell = useTell();
  const [words, setWords] = useState('');
  const speak = () => {
    if (words) void say(sid, words).catch(tell);
    setWords('');
  };
  return (
    <Flex component="fieldset" gap={4} wrap className="keys" aria-label={t('keys')}>
      {[...'1234567890*#'].map((key) => (
        <Button key={key} size="small" onClick={() => void press(sid, key).catch(tell)}>
          {key}
        </Button>
      ))}
      <Input
        size="small"
        style={{ width: 140 }}
        aria-label={t('say')}
        placeholder={t('say')}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onPressEnter={speak}
      />
      <Button size="small" danger onClick={() => void hangUp(sid).catch(tell)}>
        {t('hangUp')}
      </Button>
    </Flex>
  );
}
