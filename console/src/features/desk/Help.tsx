// Asking a supervisor into the call, and taking it back.
import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button, Flex, Input, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '@/app/Mark';
import type { CallControl } from './useCallControl';
import type { Work } from './useDesk';

export function Help({ work, control }: { readonly work: Work; readonly control: CallControl }) {
  const { t } = useTranslation('desk');
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const watching = work.parties.filter((one) => one.mode);
  const ask = () => {
    setOpen(false);
    void control.askForHelp(note);
  };
  return (
    <Flex vertical gap={4}>
      {watching.map((one) => (
        <Mark key={one.id} tone="note">
          {t('watched', { name: one.name, mode: t(`modes.${one.mode as 'listen' | 'whisper' | 'barge'}`) })}
        </Mark>
      ))}
      {work.help_asked_at === null ? (
        <Popover
          trigger="click"
          open={open}
          onOpenChange={setOpen}
          content={
            <Flex vertical gap={8} style={{ width: 240 }}>
              <Input
                value={note}
                maxLength={500}
                aria-label={t('helpNote')}
                placeholder={t('helpNote')}
                onChange={(event) => setNote(event.target.value)}
                onPressEnter={ask}
              />
              <Button type="primary" onClick={ask}>
                {t('askForHelp')}
              </Button>
            </Flex>
          }
        >
          <Button icon={<QuestionCircleOutlined />} loading={control.asked === 'help'}>
            {t('askForHelp')}
          </Button>
        </Popover>
      ) : (
        <Flex justify="space-between" align="center">
          <Mark tone="warning">{t('helpAsked')}</Mark>
          <Button size="small" loading={control.asked === 'help'} onClick={() => void control.withdrawHelp()}>
            {t('withdrawHelp')}
          </Button>
        </Flex>
      )}
    </Flex>
  );
}
