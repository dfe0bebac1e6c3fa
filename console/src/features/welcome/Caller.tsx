// The caller of the test: dials, hears, presses keys, hangs up.
import { PhoneOutlined } from '@ant-design/icons';
import { Button, Flex } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTell } from '@/app/problems';
import { told } from './tale';
import { call, demo, follow, hangUp, press } from '@/features/sim/carrier';

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
      {under && (
        <Flex component="fieldset" gap={4} wrap className="keys" aria-label={t('test.keys')}>
          {[...'1234567890*#'].map((key) => (
            <Button key={key} size="small" onClick={() => void press(sid, key).catch(tell)}>
              {key}
            </Button>
          ))}
          <Button size="small" danger onClick={() => void hangUp(sid).catch(tell)}>
            {t('test.hangUp')}
          </Button>
        </Flex>
      )}
    </Flex>
  );
}

function Heard({ sid, ended }: { readonly sid: string; readonly ended: () => void }) {
  const { t } = useTranslation('welcome');
  const tell = useTell();
  const [lines, setLines] = useState<readonly string[]>([]);
  const log = useRef<HTMLOListElement>(null);
  const end = useRef(ended);
  useEffect(() => {
    const stop = new AbortController();
    const hear = (heard: readonly string[], over: boolean) => {
      setLines((before) => [...before, ...heard]);
      if (over) end.current();
    };
    void follow(sid, hear, stop.signal).catch(tell);
    return () => stop.abort();
  }, [sid, tell]);
  useEffect(() => {
    if (lines.length) log.current?.lastElementChild?.scrollIntoView({ block: 'nearest' });
  }, [lines]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls can be reached by key
    <ol ref={log} className="heard" aria-label={t('test.heard')} aria-live="polite" tabIndex={0}>
      {lines.map((line, index) => {
        const one = told(line);
        // oxlint-disable-next-line react/no-array-index-key -- lines are only ever added at the end
        return one && <li key={index}>{t(`test.told.${one.kind}`, { words: one.words })}</li>;
      })}
    </ol>
  );
}
