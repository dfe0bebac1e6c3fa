import { MinusCircleOutlined } from '@ant-design/icons';
import { Button, Flex, Input, InputNumber } from 'antd';
import { useState } from 'react';

type Numbers = Readonly<Record<string, number>>;
interface Given {
  /** Of the first field, which says what the whole is called. */
  readonly id?: string;
  readonly value?: Numbers;
  readonly onChange?: (numbers: Numbers) => void;
  readonly most: number;
  /** What a new one begins with. */
  readonly start: number;
  readonly words: {
    readonly name: string;
    readonly number: string;
    readonly add: string;
    readonly remove: string;
  };
}

/** Names, each with a number from 0 to `most`. */
export function NamedNumbers({ id, value = {}, onChange, most, start, words }: Given) {
  const [fresh, setFresh] = useState('');
  const without = (name: string) => Object.fromEntries(Object.entries(value).filter(([one]) => one !== name));
  const add = () => {
    if (fresh.trim()) onChange?.({ ...value, [fresh.trim()]: start });
    setFresh('');
  };
  return (
    <Flex vertical gap={4}>
      {Object.entries(value).map(([name, number]) => (
        <Flex key={name} gap={8} align="center">
          <span style={{ flex: 1 }}>{name}</span>
          <InputNumber
            aria-label={`${name}: ${words.number}`}
            min={0}
            max={most}
            value={number}
            onChange={(next) => onChange?.({ ...value, [name]: next ?? 0 })}
          />
          <Button
            type="text"
            icon={<MinusCircleOutlined />}
            aria-label={`${words.remove}: ${name}`}
            onClick={() => onChange?.(without(name))}
          />
        </Flex>
      ))}
      <Flex gap={8}>
        <Input
          id={id}
          aria-label={words.name}
          placeholder={words.name}
          value={fresh}
          onChange={(event) => setFresh(event.target.value)}
          onPressEnter={(event) => (event.preventDefault(), add())}
        />
        <Button onClick={add}>{words.add}</Button>
      </Flex>
    </Flex>
  );
}
