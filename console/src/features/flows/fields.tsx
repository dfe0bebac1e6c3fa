// Fields of steps: keys of a menu, values of a branch.
import { Button, Flex, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meant, type Case } from './kinds';

type Texts = Readonly<Record<string, string>>;
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
