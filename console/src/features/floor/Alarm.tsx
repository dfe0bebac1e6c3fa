// Calls the supervisor when too many wait or too few are answered in time: a sound, once, and words that stay.
import { BellOutlined } from '@ant-design/icons';
import { Alert, Badge, Button, Flex, Form, InputNumber, Popover, Switch } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ALARM, play, unlock } from '@/phone/tones';
import type { FloorFigures } from './Floor';
import { beyond, newly, useLimits } from './limits';

export function Alarm({ floor }: { readonly floor: FloorFigures }) {
  const { t } = useTranslation('floor');
  const limits = useLimits();
  const alarms = beyond(floor.queues, limits);
  const asksForHelp = floor.calls
    .filter((one) => one.help_asked_at !== null)
    .map((one) => `${one.contact_id} help`);
  const all = [...alarms, ...asksForHelp];
  const called = useRef<readonly string[]>([]);
  const known = all.join(' ');
  useEffect(() => {
    const now = known ? known.split(/ (?=\S+ (?:waiting|level|help)(?: |$))/) : [];
    if (newly(now, called.current).length && limits.sound) play(ALARM);
    called.current = now;
  }, [known, limits.sound]);
  return (
    <Flex gap={8} align="center">
      {alarms.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('alarm', { count: alarms.length })}
          data-alarms={alarms.length}
        />
      )}
      <Popover trigger="click" title={t('alarmWhen')} content={<Choose />}>
        <Badge count={all.length} size="small">
          <Button icon={<BellOutlined />} onClick={unlock}>
            {t('alarmsOf')}
          </Button>
        </Badge>
      </Popover>
    </Flex>
  );
}

function Choose() {
  const { t } = useTranslation('floor');
  const { waiting, level, sound, choose } = useLimits();
  return (
    <Form layout="vertical" style={{ width: 240 }}>
      <Form.Item label={t('alarmWaiting')} htmlFor="alarm-waiting" extra={t('zeroNever')}>
        <InputNumber
          id="alarm-waiting"
          min={0}
          max={1000}
          value={waiting}
          onChange={(value) => choose({ waiting: value ?? 0 })}
        />
      </Form.Item>
      <Form.Item label={t('alarmLevel')} htmlFor="alarm-level">
        <InputNumber
          id="alarm-level"
          min={0}
          max={100}
          suffix="%"
          value={Math.round(level * 100)}
          onChange={(value) => choose({ level: (value ?? 0) / 100 })}
        />
      </Form.Item>
      <Form.Item label={t('alarmSound')} htmlFor="alarm-sound" style={{ marginBottom: 0 }}>
        <Switch
          id="alarm-sound"
          checked={sound}
          onChange={(on) => {
            unlock();
            choose({ sound: on });
            if (on) play(ALARM);
          }}
        />
      </Form.Item>
    </Form>
  );
}
