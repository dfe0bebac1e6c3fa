// What a step says or plays: words by language, recordings of the library, prompts one after another.
import { Button, Flex, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/app/me';
import { useThings } from '@/lib/things';

type Texts = Readonly<Record<string, string>>;
type Library = Schemas['AudioPrompt'];
interface Spoken {
  readonly value?: Texts;
  readonly languages: readonly string[];
  readonly onChange: (value: Texts) => void;
}

export function Words({ value = {}, languages, label, onChange }: Spoken & { readonly label: string }) {
  return (
    <Flex vertical gap={4}>
      {languages.map((language) => (
        <Input.TextArea
          key={language}
          aria-label={`${label} ${language}`}
          placeholder={language}
          autoSize
          value={value[language] ?? ''}
          onChange={(event) => onChange({ ...value, [language]: event.target.value })}
        />
      ))}
      <FromLibrary
        has={(one) => Object.keys(one.text).length > 0}
        chosen={(one) => onChange({ ...value, ...one.text })}
      />
    </Flex>
  );
}

const soundsOf = (one: Library): Texts =>
  Object.fromEntries(Object.entries(one.sounds).map(([language, sound]) => [language, sound.address]));

/** The addresses of recordings; those of the library are chosen by name. */
export function Audio({ value = {}, languages, onChange }: Spoken) {
  const { t } = useTranslation('flows');
  return (
    <Flex vertical gap={4}>
      {languages.map((language) => (
        <Input
          key={language}
          aria-label={`${t('fields.audio')} ${language}`}
          placeholder={`${language}: https://`}
          value={value[language] ?? ''}
          onChange={(event) => onChange({ ...value, [language]: event.target.value })}
        />
      ))}
      <FromLibrary
        has={(one) => Object.keys(one.sounds).length > 0}
        chosen={(one) => onChange({ ...value, ...soundsOf(one) })}
      />
    </Flex>
  );
}

interface FromLibraryGiven {
  readonly has: (one: Library) => boolean;
  readonly chosen: (one: Library) => void;
}

function FromLibrary({ has, chosen }: FromLibraryGiven) {
  const { t } = useTranslation('flows');
  const asked = useThings<Library>('/v1/ivr/prompts');
  const found = (asked.data ?? []).filter(has);
  if (found.length === 0) return null;
  return (
    <Select
      size="small"
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={t('library')}
      placeholder={t('library')}
      value={null}
      options={found.map((one) => ({ value: one.id, label: one.name }))}
      onChange={(id: string | null) => {
        const one = found.find((prompt) => prompt.id === id);
        if (one) chosen(one);
      }}
    />
  );
}

export type Prompt = Readonly<Record<string, unknown>> & { readonly say?: Texts; readonly play?: Texts };
interface PromptsGiven {
  readonly value?: readonly Prompt[];
  readonly languages: readonly string[];
  readonly onChange: (value: readonly Prompt[]) => void;
}

/** Words and recordings one after another. */
export function Prompts({ value = [], languages, onChange }: PromptsGiven) {
  const { t } = useTranslation('flows');
  const put = (index: number, prompt: Prompt) =>
    onChange(value.map((one, place) => (place === index ? prompt : one)));
  return (
    <Flex vertical gap={8}>
      {value.map((one, index) =>
        one.play ? (
          // oxlint-disable-next-line react/no-array-index-key -- prompts have no identity but their place
          <Audio
            key={index}
            value={one.play}
            languages={languages}
            onChange={(play) => put(index, { play })}
          />
        ) : (
          <Words
            // oxlint-disable-next-line react/no-array-index-key -- prompts have no identity but their place
            key={index}
            value={one.say}
            languages={languages}
            label={t('fields.prompt')}
            onChange={(say) => put(index, { say })}
          />
        ),
      )}
      <Flex gap={8} wrap>
        <Button size="small" onClick={() => onChange([...value, { say: {} }])}>
          {t('addPrompt')}
        </Button>
        <Button size="small" onClick={() => onChange([...value, { play: {} }])}>
          {t('addRecording')}
        </Button>
        {value.length > 0 && (
          <Button size="small" onClick={() => onChange(value.slice(0, -1))}>
            {t('removeLast')}
          </Button>
        )}
      </Flex>
    </Flex>
  );
}
