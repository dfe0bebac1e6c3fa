// Until when something holds: a moment by the clocks of the tenant, kept in milliseconds; null is for good.
import { DatePicker, Form } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useZone } from '@/app/me';
import { momentIn, wallIn } from '@/lib/zone';

const WALL = 'YYYY-MM-DDTHH:mm:ss';

/** The field `until` of the form around it. */
export function Until({ empty }: { readonly empty: string }) {
  const { t } = useTranslation('setup');
  const zone = useZone();
  const help = t('untilHelp', { empty, zone: zone.replaceAll('_', ' ') });
  return (
    <Form.Item
      name="until"
      label={t('until')}
      extra={help}
      getValueProps={(kept?: number | null) => ({ value: kept == null ? null : dayjs(wallIn(zone, kept)) })}
      normalize={(chosen: Dayjs | null) => (chosen ? momentIn(zone, chosen.format(WALL)) : null)}
    >
      <DatePicker showTime={{ format: 'HH:mm', minuteStep: 5 }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} />
    </Form.Item>
  );
}
