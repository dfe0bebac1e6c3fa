// Whom to transfer to, consult or add: one field for a name or a number, arrows and Enter.
import { Button, Flex, Input, Segmented, Typography, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { AgentState, type State } from '@/app/AgentState';
import { Mark } from '@/app/Mark';
import { Drawer } from '@/app/Overlay';
import { Loaded, Nothing } from '@/app/states';
import { span } from '@/lib/format';
import { useNow } from '@/lib/useNow';
import { choices, isOpen, keyOf, placeOf, toOf, type Choice } from './targets';
import type { CallControl } from './useCallControl';

export type Purpose = 'transfer' | 'consult' | 'conference';
export const PURPOSES: readonly Purpose[] = ['transfer', 'consult', 'conference'];
interface Given {
  readonly purpose: Purpose;
  readonly control: CallControl;
  readonly close: () => void;
}
const RENEWED_MS = 3_000;
const intoSight = (option: Element | null) => option?.scrollIntoView({ block: 'nearest' });

export function TargetPicker({ purpose: begun, control, close }: Given) {
  const { t } = useTranslation('desk');
  const [purpose, setPurpose] = useState(begun);
  const asked = api.useQuery('get', '/v1/routing/targets', {}, { refetchInterval: RENEWED_MS });
  const [words, setWords] = useState('');
  const [at, setAt] = useState<string | null>(null);
  const field = useRef<InputRef>(null);
  useEffect(() => field.current?.focus(), []);
  const found = choices(words, asked.data?.agents ?? [], asked.data?.queues ?? []);
  const chosen = placeOf(found, at);
  const move = (by: number) => setAt(keyOf(found[Math.max(0, Math.min(chosen + by, found.length - 1))]));
  const choose = (choice: Choice | undefined) => {
    if (!choice) return;
    close();
    void (purpose === 'transfer' ? control.transfer(toOf(choice)) : control.invite(toOf(choice), purpose));
  };
  return (
    <Drawer open size={420} title={t(purpose)} onClose={close}>
      <Flex vertical gap={12}>
        <Segmented
          block
          value={purpose}
          onChange={setPurpose}
          options={PURPOSES.map((value) => ({ value, label: t(`purposes.${value}`) }))}
          aria-label={t('purpose')}
        />
        <Input
          ref={field}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a list with more than words in it
          role="combobox"
          aria-expanded
          aria-controls="targets"
          aria-activedescendant={found[chosen] ? `target-${chosen}` : undefined}
          aria-label={t('whom')}
          placeholder={t('whom')}
          value={words}
          onChange={(event) => (setWords(event.target.value), setAt(null))}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'ArrowDown') move(1);
            else if (event.key === 'ArrowUp') move(-1);
            else if (event.key === 'Enter') choose(found[chosen]);
            else return;
            event.preventDefault();
          }}
        />
        <Loaded of={asked}>
          {() => (
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a list with more than words in it
            <div id="targets" role="listbox" aria-label={t('whom')} className="targets">
              {found.map((choice, index) => (
                <button
                  key={keyOf(choice)}
                  ref={index === chosen ? intoSight : undefined}
                  id={`target-${index}`}
                  type="button"
                  // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a list with more than words in it
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === chosen}
                  className={index === chosen ? 'chosen option' : 'option'}
                  onClick={() => choose(choice)}
                >
                  <Target choice={choice} />
                </button>
              ))}
            </div>
          )}
        </Loaded>
        {asked.data && found.length === 0 && <Nothing>{t('nobodyFound')}</Nothing>}
        <Button
          type="primary"
          disabled={!found[chosen]}
          onClick={() => choose(found[chosen])}
          style={{ alignSelf: 'end' }}
        >
          {t(purpose)}
        </Button>
      </Flex>
    </Drawer>
  );
}

function Target({ choice }: { readonly choice: Choice }) {
  const { t } = useTranslation('desk');
  const now = useNow(1000);
  if (choice.kind === 'number') return <>{t('callNumber', { number: choice.id })}</>;
  if (choice.kind === 'agent')
    return (
      <Flex justify="space-between" gap={8}>
        <Typography.Text strong={isOpen(choice)}>{choice.agent.name}</Typography.Text>
        <span>
          <AgentState state={choice.agent.state as State} /> {span((now - choice.agent.since) / 1000)}
        </span>
      </Flex>
    );
  const { queue } = choice;
  return (
    <Flex justify="space-between" gap={8} align="center">
      <Typography.Text strong={isOpen(choice)}>{queue.name}</Typography.Text>
      <Flex gap={4} align="center">
        {queue.closed && <Mark tone="warning">{t('queueClosed')}</Mark>}
        <Typography.Text type="secondary">
          {t('queueNow', { waiting: queue.waiting, free: queue.free, count: queue.signed_in })}
        </Typography.Text>
      </Flex>
    </Flex>
  );
}
