import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useZone, type Schemas } from '@/app/me';
import { ThingsScreen } from '@/app/ThingsScreen';
import { Holidays } from './Holidays';
import { Week } from './Week';

type Calendar = Schemas['Calendar'];
const ZONES = Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }));
const OFFICE = [{ start: '09:00', end: '17:00' }];

export default function Hours() {
  const { t } = useTranslation('setup');
  const zone = useZone();
  return (
    <ThingsScreen<Calendar>
      path="/v1/ivr/calendars"
      write="flows.write"
      title={t('hours.title')}
      empty={t('hours.empty')}
      width={560}
      fresh={{
        name: '',
        time_zone: zone,
        weekly: [OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [], []],
        holidays: [],
        override: '',
      }}
      columns={[
        { title: t('name'), dataIndex: 'name' },
        { title: t('hours.zone'), dataIndex: 'time_zone' },
        {
          title: t('hours.now'),
          dataIndex: 'override',
          render: (override: '' | 'open' | 'closed') => t(`hours.override.${override || 'none'}`),
        },
      ]}
      fields={
        <>
          <Form.Item name="name" label={t('name')} rules={[{ required: true }]}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="time_zone" label={t('hours.zone')} rules={[{ required: true }]}>
            <Select showSearch options={ZONES} />
          </Form.Item>
          <Form.Item name="override" label={t('hours.now')}>
            <Select
              options={(['', 'open', 'closed'] as const).map((value) => ({
                value,
                label: t(`hours.override.${value || 'none'}`),
              }))}
            />
          </Form.Item>
          <Form.Item name="weekly" label={t('hours.weekly')}>
            <Week />
          </Form.Item>
          <Form.Item label={t('hours.holidays')}>
            <Holidays />
          </Form.Item>
        </>
      }
    />
  );
}
