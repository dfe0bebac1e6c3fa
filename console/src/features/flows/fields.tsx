// Fields of steps: keys of a menu, values of a branch, what a call keeps, skills and tiers, another flow and its results.
import { Button, Flex, Input, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { Pairs } from '@/features/setup/connectors/Pairs';
import { NamedNumbers } from '@/features/setup/NamedNumbers';
import { meant, type Case } from './kinds';

type Texts = Readonly<Record<string, string>>;
const KEYS = [...'1234567890*#'];
interface KeysGiven {
  readonly value?: Texts;
  readonly onChange: (value: Texts) => void;
}

/** Which keys a menu has; where each leads stands among the ways out. */
export function Keys(given: KeysGiven) {
  const { t } = useTranslation('flows');
  return <Names {...given} label={t('fields.choices')} offered={KEYS} />;
}

/** With which results another flow comes back; where each leads stands among the ways out. */
export function Results(given: KeysGiven) {
  const { t } = useTranslation('flows');
  return <Names {...given} label={t('fields.exits')} />;
}

function Names({
  value = {},
  onChange,
  label,
  offered,
}: KeysGiven & { readonly label: string; readonly offered?: readonly string[] }) {
  const choose = (names: readonly string[]) =>
    onChange(Object.fromEntries(names.map((name) => [name, value[name] ?? ''])));
  return (
    <Select
      mode="tags"
      aria-label={label}
      value={Object.keys(value)}
      onChange={choose}
      {...(offered
        ? { options: offered.map((name) => ({ value: name, label: name })) }
        : { open: false, suffixIcon: null })}
    />
  );
}

/** What the call keeps, by its name; values may hold variables. */
export function Kept({ value, onChange }: KeysGiven) {
  const { t } = useTranslation('flows');
  const words = {
    name: t('kept.name'),
    value: t('kept.value'),
    add: t('kept.add'),
    remove: t('remove'),
  };
  return <Pairs value={value} onChange={onChange} words={words} examples={['reason', '{caller_number}']} />;
}

interface TiersGiven {
  readonly value?: Readonly<Record<string, number>>;
  readonly onChange: (value: Readonly<Record<string, number>>) => void;
}
const MOST_PRIORITY = 900; // as the server has it

export function Tiers({ value, onChange }: TiersGiven) {
  const { t } = useTranslation('setup');
  const words = {
    name: t('queues.tier'),
    number: t('queues.priority'),
    add: t('queues.addTier'),
    remove: t('queues.removeTier'),
  };
  return <NamedNumbers value={value} onChange={onChange} most={MOST_PRIORITY} start={100} words={words} />;
}

interface Skill {
  readonly skill: string;
  readonly level?: number;
}
interface SkillsGiven {
  readonly value?: readonly Skill[];
  readonly onChange: (value: readonly Skill[]) => void;
}

/** Skills that agents need for these calls, each with its least level. */
export function Skills({ value = [], onChange }: SkillsGiven) {
  const { t } = useTranslation('setup');
  const words = { name: t('skill'), number: t('level'), add: t('addSkill'), remove: t('removeSkill') };
  return (
    <NamedNumbers
      value={Object.fromEntries(value.map(({ skill, level = 0 }) => [skill, level]))}
      onChange={(levels) => onChange(Object.entries(levels).map(([skill, level]) => ({ skill, level })))}
      most={100}
      start={50}
      words={words}
    />
  );
}

type Said = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
interface SpeechGiven {
  readonly value?: Said;
  readonly keys: readonly string[];
  readonly languages: readonly string[];
  readonly onChange: (value: Said) => void;
}

/** What may be said instead of each key, by language. */
export function Speech({ value = {}, keys, languages, onChange }: SpeechGiven) {
  const { t } = useTranslation('flows');
  const put = (key: string, language: string, phrases: readonly string[]) => {
    const { [language]: _, ...others } = value[key] ?? {};
    const said = phrases.length ? { ...others, [language]: phrases } : others;
    const { [key]: __, ...rest } = value;
    onChange(Object.keys(said).length ? { ...rest, [key]: said } : rest);
  };
  if (keys.length === 0) return <Typography.Text type="secondary">{t('noKeys')}</Typography.Text>;
  return keys.map((key) => (
    <Flex key={key} gap={8} align="start" style={{ marginBottom: 4 }}>
      <span style={{ width: 24, paddingTop: 4 }}>{key}</span>
      <Flex vertical gap={4} style={{ flex: 1 }}>
        {languages.map((language) => (
          <Select
            key={language}
            mode="tags"
            open={false}
            suffixIcon={null}
            tokenSeparators={[',', '，']}
            aria-label={`${t('fields.speech')} ${key} ${language}`}
            placeholder={language}
            value={[...(value[key]?.[language] ?? [])]}
            onChange={(phrases: readonly string[]) => put(key, language, phrases)}
          />
        ))}
      </Flex>
    </Flex>
  ));
}

interface FlowGiven {
  readonly value?: string;
  readonly onChange: (value: string) => void;
}

/** Another flow, by its name. */
export function FlowPick({ value, onChange }: FlowGiven) {
  const { t } = useTranslation('flows');
  const asked = api.useQuery('get', '/v1/ivr/flows');
  return (
    <Select
      aria-label={t('fields.flow')}
      loading={asked.isPending}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      options={asked.data?.data.map(({ id, name }) => ({ value: id, label: name }))}
      value={value || undefined}
      onChange={(id: string | undefined) => onChange(id ?? '')}
    />
  );
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
        // oxlint-disable-next-line react/no-array-index-key -- cases have no identity but their place
        <Flex key={index} gap={8}>
          <span style={{ flex: 1 }}>{meant(one)}</span>
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
