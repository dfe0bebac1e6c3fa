// Whether the platform's operators may read contacts: granted by the owner for hours, with a reason; each look is in the trail.
import { Alert, Button, Flex, Form, Input, InputNumber, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { Mark } from '@/app/Mark';
import { useZone, type Schemas } from '@/app/me';
import { useTell } from '@/app/problems';
import { moment } from '@/lib/format';

const ACCESS = '/v1/tenants/operator-access';

export function OperatorAccess() {
  const { t } = useTranslation('business');
  const zone = useZone();
  const tell = useTell();
  const [open, setOpen] = useState(false);
  const asked = api.useQuery('get', ACCESS);
  const again = async () => {
    setOpen(false);
    await queries.invalidateQueries({ queryKey: ['get', ACCESS] });
  };
  if (!asked.data) return null;
  const { until, reason } = asked.data;
  if (until)
    return (
      <Alert
        type="warning"
        showIcon
        title={t('access.open', { until: moment(until, zone), reason })}
        action={
          <Button size="small" onClick={() => void client.DELETE(ACCESS).then(again, tell)}>
            {t('access.end')}
          </Button>
        }
      />
    );
  const grant = (body: Schemas['Consent']) => void client.POST(ACCESS, { body }).then(again, tell);
  const form = (
    <Form layout="vertical" initialValues={{ hours: 4 }} onFinish={grant} style={{ width: 280 }}>
      <Form.Item name="hours" label={t('access.hours')} rules={[{ required: true }]}>
        <InputNumber min={1} max={72} />
      </Form.Item>
      <Form.Item name="reason" label={t('access.reason')} rules={[{ required: true }]}>
        <Input maxLength={200} />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        {t('access.grant')}
      </Button>
    </Form>
  );
  return (
    <Flex gap={8} align="center">
      <Mark>{t('access.closed')}</Mark>
      <Popover open={open} onOpenChange={setOpen} trigger="click" content={form} title={t('access.title')}>
        <Button size="small">{t('access.grant')}</Button>
      </Popover>
    </Flex>
  );
}
