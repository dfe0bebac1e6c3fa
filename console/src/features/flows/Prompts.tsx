// The library of prompts: words and recordings in both languages.
import { Form, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Mark } from '@/app/Mark';
import type { Schemas } from '@/app/me';
import { ThingsScreen } from '@/app/ThingsScreen';
import { span } from '@/lib/format';
import { Recordings } from './Recordings';

type Prompt = Schemas['AudioPrompt'];
export const LANGUAGES = ['en-US', 'zh-CN'] as const;

export default function Prompts() {
  const { t } = useTranslation('flows');
  return (
    <ThingsScreen<Prompt>
      path="/v1/ivr/prompts"
      write="flows.write"
      title={t('prompts.title')}
      empty={t('prompts.empty')}
      fresh={{ name: '', text: {} }}
      columns={[
        { title: t('name'), dataIndex: 'name' },
        ...LANGUAGES.map((language) => ({
          title: t(`prompts.languages.${language}`),
          render: (_: unknown, one: Prompt) => <Said prompt={one} language={language} />,
        })),
      ]}
      fields={<Fields />}
      kept={['sounds']}
      beside={(prompt, changed) => <Recordings prompt={prompt} changed={changed} />}
    />
  );
}

function Said({ prompt, language }: { readonly prompt: Prompt; readonly language: string }) {
  const { t } = useTranslation('flows');
  const sound = prompt.sounds[language];
  return (
    <>
      {sound && (
        <Mark tone="good">
          {t('prompts.recording')} {sound.duration_s ? span(sound.duration_s) : ''}
        </Mark>
      )}{' '}
      <Typography.Text type="secondary" ellipsis style={{ maxWidth: 320 }}>
        {prompt.text[language] ?? ''}
      </Typography.Text>
    </>
  );
}

function Fields() {
  const { t } = useTranslation('flows');
  return (
    <>
      <Form.Item name="name" label={t('name')} rules={[{ required: true }]}>
        <Input maxLength={80} />
      </Form.Item>
      {LANGUAGES.map((language) => (
        <Form.Item
          key={language}
          name={['text', language]}
          label={`${t('prompts.words')} (${t(`prompts.languages.${language}`)})`}
        >
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1500} />
        </Form.Item>
      ))}
    </>
  );
}
