// The recordings of a prompt: heard, uploaded, replaced, removed; a file that cannot be played is refused before it is sent.
import { UploadOutlined } from '@ant-design/icons';
import { Alert, App, Button, Flex, Typography, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, queries } from '@/api/client';
import type { Schemas } from '@/app/me';
import { useWords } from '@/app/problems';
import { span } from '@/lib/format';
import { LANGUAGES } from './Prompts';

type Prompt = Schemas['AudioPrompt'];
const PATH = '/v1/ivr/prompts/{prompt_id}/sounds/{language}';
const MEGABYTE = 1024 * 1024;
const LARGEST = 3 * MEGABYTE;

interface AllGiven {
  readonly prompt: Partial<Prompt>;
  readonly changed: (prompt: Prompt) => void;
}

export function Recordings({ prompt, changed }: AllGiven) {
  const { t } = useTranslation('flows');
  const stored = prompt.id ? (prompt as Prompt) : null;
  if (!stored) return <Typography.Text type="secondary">{t('prompts.saveFirst')}</Typography.Text>;
  return (
    <Flex vertical gap={16}>
      {LANGUAGES.map((language) => (
        <Recording key={language} prompt={stored} language={language} changed={changed} />
      ))}
      <Typography.Text type="secondary">{t('prompts.hint')}</Typography.Text>
    </Flex>
  );
}

interface Given {
  readonly prompt: Prompt;
  readonly language: (typeof LANGUAGES)[number];
  readonly changed: (prompt: Prompt) => void;
}

function Recording({ prompt, language, changed }: Given) {
  const { t } = useTranslation('flows');
  const { message } = App.useApp();
  const words = useWords();
  const [url, setUrl] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const sound = prompt.sounds[language];
  const params = {
    path: { prompt_id: prompt.id, language },
    header: { 'If-Match': `"${prompt.version}"` },
  };
  async function carried(out: () => Promise<Prompt | undefined>) {
    setBusy(true);
    setWrong(null);
    try {
      const next = await out();
      if (next) changed(next);
      setUrl(null);
      void message.success(t('prompts.uploaded'));
      await queries.invalidateQueries({ queryKey: ['get', '/v1/ivr/prompts'] });
    } catch (refused) {
      setWrong(words(refused));
    } finally {
      setBusy(false);
    }
  }
  const send = (file: File) => {
    const reason = refusal(file);
    if (reason)
      setWrong(t(`prompts.${reason}`, { name: file.name, size: (file.size / MEGABYTE).toFixed(1) }));
    else
      void carried(async () => {
        const body = { content: await base64(file), name: file.name };
        return (await client.PUT(PATH, { params, body })).data;
      });
    return false;
  };
  const listen = async () =>
    setUrl((await client.GET(PATH, { params: { path: params.path } })).data?.url ?? null);
  const named = t(`prompts.languages.${language}`);
  return (
    <section aria-label={`${t('prompts.recording')} ${named}`}>
      <Typography.Text strong>
        {t('prompts.recording')} ({named})
      </Typography.Text>
      <Flex gap={8} align="center" wrap style={{ marginTop: 4 }}>
        <Typography.Text type="secondary">
          {sound
            ? [sound.name, sound.duration_s ? span(sound.duration_s) : ''].filter(Boolean).join(' · ')
            : t('prompts.none')}
        </Typography.Text>
        {sound && !url && (
          <Button size="small" onClick={() => void listen().catch((refused) => setWrong(words(refused)))}>
            {t('listen')}
          </Button>
        )}
        <Upload accept=".wav,.mp3,audio/wav,audio/mpeg" showUploadList={false} beforeUpload={send}>
          <Button size="small" icon={<UploadOutlined />} loading={busy}>
            {t(sound ? 'prompts.replace' : 'prompts.upload')}
          </Button>
        </Upload>
        {sound && (
          <Button
            size="small"
            danger
            onClick={() => void carried(async () => (await client.DELETE(PATH, { params })).data)}
          >
            {t('prompts.remove')}
          </Button>
        )}
      </Flex>
      {url && (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- its words stand in the form above
        <audio controls autoPlay src={url} aria-label={named} style={{ width: '100%', marginTop: 8 }} />
      )}
      {wrong && <Alert type="error" showIcon title={wrong} style={{ marginTop: 8 }} />}
    </section>
  );
}

/** Why the file cannot be taken, as far as its name and size tell; the server reads what it is. */
export function refusal(file: Pick<File, 'name' | 'size'>): 'wrongType' | 'tooLarge' | null {
  if (!/\.(wav|mp3)$/i.test(file.name)) return 'wrongType';
  return file.size > LARGEST ? 'tooLarge' : null;
}

async function base64(file: File): Promise<string> {
  const url = await new Promise<string>((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => done(String(reader.result)));
    reader.addEventListener('error', () => failed(reader.error ?? new Error('unreadable')));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}
