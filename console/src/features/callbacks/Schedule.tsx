// A new callback: whom, by which queue, perhaps when, and whose it is.
import { DatePicker, Form, Input, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { client, queries } from '@/api/client';
import { Amount } from '@/app/Amount';
import { FormDrawer } from '@/app/FormDrawer';
import { useZone } from '@/app/me';
import { Pick } from '@/app/Pick';
import { numberIn } from '@/features/desk/targets';
import { momentIn } from '@/lib/zone';
import { useOwners } from './owner';

const ABOUT = { country_not_allowed: 'number', emergency_not_allowed: 'number' };
const FURTHEST_S = 24 * 3600;

interface Given {
  readonly number: string;
  readonly queue: string;
  readonly at?: Dayjs | null;
  readonly owner?: string;
  readonly remind_s?: number;
}

export function Schedule({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('callbacks');
  const zone = useZone();
  async function ask({ number, queue, at, owner = '', remind_s = 0 }: Given) {
    const body = {
      number: numberIn(number) ?? number,
      queue,
      at: at ? momentIn(zone, at.format('YYYY-MM-DDTHH:mm:ss')) : null,
      owner,
      remind_s,
    };
    await client.POST('/v1/routing/callbacks', { body });
    await queries.invalidateQueries({ queryKey: ['get', '/v1/routing/callbacks'] });
  }
  return (
    <FormDrawer<Given>
      title={t('schedule')}
      send={t('schedule')}
      requiredMark={false}
      submit={ask}
      at={ABOUT}
      close={close}
    >
      <Form.Item name="number" label={t('number')} extra={t('numberHelp')} rules={[{ required: true }]}>
        <Input type="tel" autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="queue" label={t('queue')} rules={[{ required: true }]}>
        <Pick from="/v1/routing/queues" />
      </Form.Item>
      <Form.Item name="at" label={t('at')} extra={t('atHelp', { zone: zone.replaceAll('_', ' ') })}>
        <DatePicker showTime={{ format: 'HH:mm', minuteStep: 5 }} style={{ width: '100%' }} />
      </Form.Item>
      <Owner />
    </FormDrawer>
  );
}

function Owner() {
  const { t } = useTranslation('callbacks');
  const owners = useOwners();
  const reminded = [Form.useWatch('at'), Form.useWatch('owner')].every(Boolean);
  return (
    <>
      {owners.length > 0 && (
        <Form.Item name="owner" label={t('owner')} extra={t('ownerHelp')}>
          <Select allowClear options={owners} showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
      )}
      {reminded && (
        <Amount
          name="remind_s"
          label={t('remind')}
          help={t('remindHelp')}
          unit="minutes"
          least={60}
          most={FURTHEST_S}
          empty={0}
        />
      )}
    </>
  );
}
