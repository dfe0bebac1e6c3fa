import { Checkbox, Flex, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/app/Amount';
import { Group } from '@/app/Group';
import { MachineFields } from './MachineFields';

const FIRST = ['agent', 'customer'] as const;
const DAY_S = 86_400;

/** How customers of the queue are called back. */
export function CallbackFields() {
  const { t } = useTranslation('setup');
  return (
    <Group title={t('queues.callbacks')} of={['callbacks']}>
      <Form.Item name={['callbacks', 'first']} label={t('queues.first')} extra={t('queues.firstHelp')}>
        <Select options={FIRST.map((value) => ({ value, label: t(`queues.firsts.${value}`) }))} />
      </Form.Item>
      <Flex gap={16}>
        <Amount
          name={['callbacks', 'from_hour']}
          label={t('queues.fromHour')}
          unit="hour"
          least={0}
          most={23}
        />
        <Amount
          name={['callbacks', 'until_hour']}
          label={t('queues.untilHour')}
          unit="hour"
          least={1}
          most={24}
        />
      </Flex>
      <p className="under">{t('queues.hoursHelp')}</p>
      <Flex gap={16}>
        <Amount name={['callbacks', 'attempts']} label={t('queues.attempts')} least={1} most={10} />
        <Amount
          name={['callbacks', 'spacing_s']}
          label={t('queues.spacing')}
          unit="minutes"
          least={60}
          most={DAY_S}
        />
      </Flex>
      <Amount
        name={['callbacks', 'ring_s']}
        label={t('queues.customerRing')}
        unit="seconds"
        least={10}
        most={60}
      />
      <Amount
        name={['callbacks', 'keep_s']}
        label={t('queues.keep')}
        help={t('queues.keepHelp')}
        unit="hours"
        least={600}
        most={14 * DAY_S}
      />
      <Form.Item name={['callbacks', 'detect']} valuePropName="checked" extra={t('queues.detectHelp')}>
        <Checkbox>{t('queues.detect')}</Checkbox>
      </Form.Item>
      <MachineFields />
    </Group>
  );
}
