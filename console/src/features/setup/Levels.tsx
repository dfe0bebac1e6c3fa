import { MinusCircleOutlined } from '@ant-design/icons';
import { Button, Flex, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Skills = Readonly<Record<string, number>>;
interface Given {
  readonly value?: Skills;
  readonly onChange?: (skills: Skills) => void;
}

/** An agent's skills, each with its level (0-100). */
export function Levels({ value = {}, onChange }: Given) {
  const { t } = useTranslation('setup');
  const [fresh, setFresh] = useState('');
  const without = (skill: string) =>
    Object.fromEntries(Object.entries(value).filter(([name]) => name !== skill));
  const add = () => {
    if (fresh.trim()) onChange?.({ ...value, [fresh.trim()]: 50 });
    setFresh('');
  };
  return (
    <Flex vertical gap={4}>
      {Object.entries(value).map(([skill, level]) => (
        <Flex key={skill} gap={8} align="center">
          <span style={{ flex: 1 }}>{skill}</span>
          <InputNumber
            aria-label={`${skill}: ${t('level')}`}
            min={0}
            max={100}
            value={level}
            onChange={(next) => onChange?.({ ...value, [skill]: next ?? 0 })}
          />
          <Button
            type="text"
            icon={<MinusCircleOutlined />}
            aria-label={`${t('removeSkill')}: ${skill}`}
            onClick={() => onChange?.(without(skill))}
          />
        </Flex>
      ))}
      <Flex gap={8}>
        <Input
          aria-label={t('skill')}
          placeholder={t('skill')}
          value={fresh}
          onChange={(event) => setFresh(event.target.value)}
          onPressEnter={(event) => (event.preventDefault(), add())}
        />
        <Button onClick={add}>{t('addSkill')}</Button>
      </Flex>
    </Flex>
  );
}
