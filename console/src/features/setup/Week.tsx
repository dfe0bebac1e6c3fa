import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { language } from '@/i18n';

interface Opening {
  readonly start: string;
  readonly end: string;
}
type Day = readonly Opening[];
interface Given {
  readonly value?: readonly Day[];
  readonly onChange?: (week: readonly Day[]) => void;
}

const MONDAY = Date.UTC(2024, 0, 1);
const dayName = (day: number) =>
  new Intl.DateTimeFormat(language(), { weekday: 'long', timeZone: 'UTC' }).format(MONDAY + day * 86_400_000);

/** Seven days from Monday on, each with the times it is open. */
export function Week({ value = [], onChange }: Given) {
  const days = Array.from({ length: 7 }, (_, day) => value[day] ?? []);
  const change = (day: number, openings: Day) =>
    onChange?.(days.map((one, index) => (index === day ? openings : one)));
  return (
    <Flex vertical gap={4}>
      {days.map((openings, day) => (
        <Flex key={dayName(day)} gap={8} align="start">
          <span style={{ width: 96, paddingTop: 4 }}>{dayName(day)}</span>
          <Openings name={dayName(day)} value={openings} onChange={(next) => change(day, next)} />
        </Flex>
      ))}
    </Flex>
  );
}

interface OpeningsGiven {
  readonly name: string;
  readonly value?: Day;
  readonly onChange?: (openings: Day) => void;
}

/** The times of one day; none: closed. */
export function Openings({ name, value = [], onChange }: OpeningsGiven) {
  const { t } = useTranslation('setup');
  const put = (index: number, part: Partial<Opening>) =>
    onChange?.(value.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const add = (
    <Button
      type="text"
      icon={<PlusOutlined />}
      aria-label={`${name}: ${t('hours.add')}`}
      onClick={() => onChange?.([...value, { start: '09:00', end: '17:00' }])}
    />
  );
  return (
    <Flex vertical gap={4} style={{ flex: 1 }}>
      {value.map((opening, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- openings have no identity but their place
        <Flex key={index} gap={4} align="center">
          <Input
            type="time"
            aria-label={`${name}: ${t('hours.from')}`}
            value={opening.start}
            onChange={(event) => put(index, { start: event.target.value })}
            style={{ width: 110 }}
          />
          –
          <Input
            type="time"
            aria-label={`${name}: ${t('hours.to')}`}
            value={opening.end === '24:00' ? '00:00' : opening.end}
            onChange={(event) =>
              put(index, { end: event.target.value === '00:00' ? '24:00' : event.target.value })
            }
            style={{ width: 110 }}
          />
          <Button
            type="text"
            icon={<MinusCircleOutlined />}
            aria-label={`${name}: ${t('hours.remove')}`}
            onClick={() => onChange?.(value.filter((_, at) => at !== index))}
          />
          {index === value.length - 1 && add}
        </Flex>
      ))}
      {value.length === 0 && (
        <Flex gap={8} align="center" style={{ minHeight: 32 }}>
          <span>{t('hours.closed')}</span>
          {add}
        </Flex>
      )}
    </Flex>
  );
}
