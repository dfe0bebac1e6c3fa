// The field of a form for names with a value each.
import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Input } from 'antd';
import { useState } from 'react';
import { holds, recordOf, type Named, type Row } from './pairs';

interface Given {
  /** Of the first field, which says what the whole is called. */
  readonly id?: string;
  readonly value?: Named;
  readonly onChange?: (kept: Named) => void;
  readonly words: Readonly<Record<'name' | 'value' | 'add' | 'remove', string>>;
  readonly examples: Row;
}

const EMPTY: Row = ['', ''];
const rowsOf = (kept: Named): readonly Row[] => (Object.keys(kept).length ? Object.entries(kept) : [EMPTY]);

export function Pairs({ id, value = {}, onChange, words, examples }: Given) {
  const [rows, setRows] = useState(() => rowsOf(value));
  if (!holds(rows, value)) setRows(rowsOf(value)); // somebody else's were taken over
  function change(next: readonly Row[]) {
    setRows(next);
    onChange?.(recordOf(next));
  }
  const put = (place: number, row: Row) => change(rows.map((one, at) => (at === place ? row : one)));
  return (
    <Flex vertical gap={4}>
      {rows.map(([name, held], place) => (
        // oxlint-disable-next-line react/no-array-index-key -- while it is typed a row has no identity but its place
        <Flex key={place} gap={8}>
          <Input
            id={place === 0 ? id : undefined}
            aria-label={`${words.name} ${place + 1}`}
            placeholder={examples[0]}
            value={name}
            onChange={(event) => put(place, [event.target.value, held])}
          />
          <Input
            aria-label={`${words.value} ${place + 1}`}
            placeholder={examples[1]}
            value={held}
            onChange={(event) => put(place, [name, event.target.value])}
          />
          <Button
            type="text"
            icon={<MinusCircleOutlined />}
            aria-label={`${words.remove}: ${name || place + 1}`}
            onClick={() => change(rows.filter((_, at) => at !== place))}
          />
        </Flex>
      ))}
      <Button
        size="small"
        icon={<PlusOutlined />}
        style={{ alignSelf: 'start' }}
        onClick={() => setRows([...rows, EMPTY])}
      >
        {words.add}
      </Button>
    </Flex>
  );
}
