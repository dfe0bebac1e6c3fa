import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { languages } from '@/i18n';
import { languageName } from '@/lib/format';

const WAYS = ['retry', 'message'] as const;
const WORDS_LIMIT = 1000;

/** What an answering machine gets that a callback meets. */
export function MachineFields() {
  const { t } = useTranslation('setup');
  const way = Form.useWatch<(typeof WAYS)[number]>(['callbacks', 'on_machine']);
  return (
    <>
      <Form.Item name={['callbacks', 'on_machine']} label={t('queues.onMachine')}>
        <Select options={WAYS.map((value) => ({ value, label: t(`queues.onMachines.${value}`) }))} />
      </Form.Item>
      {way === 'message' &&
        languages.map((tag) => (
          <Form.Item
            key={tag}
            name={['callbacks', 'message', tag]}
            label={t('queues.machineWords', { language: languageName(tag) })}
            extra={t('queues.machineWordsHelp')}
            normalize={(words: string) => words || undefined}
          >
            <Input.TextArea autoSize maxLength={WORDS_LIMIT} />
          </Form.Item>
        ))}
    </>
  );
}
