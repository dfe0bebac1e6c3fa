// Fields of steps: words by language, prompts, keys of a menu, values of a branch.
import { Button, Flex, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Texts = Readonly<Record<string, string>>;
interface WordsGiven {
  readonly value?: Texts;
  readonly languages: readonly string[];
  readonly label: string;
  readonly onChange: (value: Texts) => void;
}

export function Words({ value = {}, languages, label, onChange }: WordsGiven) {
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
    </Flex>
  );
}

type Prompt = Readonly<Record<string, unknown>> & { readonly say?: Texts };
interface PromptsGiven {
  readonly value?: readonly Prompt[];
  readonly languages: readonly string[];
  readonly onChange: (value: readonly Prompt[]) => void;
}

/** Spoken prompts one after another; played ones are kept as they are. */
export function Prompts({ value = [], languages, onChange }: PromptsGiven) {
  const { t } = useTranslation('flows');
  const put = (index: number, say: Texts) =>
    onChange(value.map((one, place) => (place === index ? { ...one, say } : one)));
  return (
    <Flex vertical gap={8}>
      {value.map((one, index) =>
        one.say ? (
          // oxlint-disable-next-line react/no-array-index-key -- prompts have no identity but their place
          <Words
            key={index}
            value={one.say}
            languages={languages}
            label={t('fields.prompt')}
            onChange={(say) => put(index, say)}
          />
        ) : null,
      )}
      <Flex gap={8}>
        <Button size="small" onClick={() => onChange([...value, { say: {} }])}>
          {t('addPrompt')}
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

const KEYS = [...'1234567890*#'];
interface KeysGiven {
  readonly value?: Texts;
  readonly onChange: (value: Texts) => void;
}

/** Which keys a menu has; where each leads stands among the ways out. */
export function Keys({ value = {}, onChange }: KeysGiven) {
  const { t } = useTranslation('flows');
  const choose = (keys: readonly string[]) =>
    onChange(Object.fromEntries(keys.map((key) => [key, value[key] ?? ''])));
  return (
    <Select
      mode="tags"
      aria-label={t('fields.choices')}
      value={Object.keys(value)}
      onChange={choose}
      options={KEYS.map((key) => ({ value: key, label: key }))}
    />
  );
}

interface Case {
  readonly next: string;
  readonly values: readonly string[];
}
interface ValuesGiven {
  readonly value?: readonly Case[];
  readonly onChange: (value: readonly Case[]) => void;
}

export function Values({ value = [], onChange }: ValuesGiven) {
  const { t } = useTranslation('flows');
  const [fresh, setFresh] = useState('');
  const add = () => {
    if (fresh) onChange([...value, { values: fresh.split(',').map((one) => one.trim()), next: '' }]);
    setFresh('');
  };
  return (
    <Flex vertical gap={4}>
      {value.map((one, index) => (
        <Flex key={one.values.join()} gap={8}>
          <span style={{ flex: 1 }}>{one.values.join(', ')}</span>
          <Button size="small" onClick={() => onChange(value.filter((_, place) => place !== index))}>
            {t('remove')}
          </Button>
        </Flex>
      ))}
      <Flex gap={8}>
        <Input
          aria-label={t('fields.cases')}
          placeholder="gold, vip"
          value={fresh}
          onChange={(event) => setFresh(event.target.value)}
          onPressEnter={add}
        />
        <Button onClick={add}>{t('addCase')}</Button>
      </Flex>
    </Flex>
  );
}
