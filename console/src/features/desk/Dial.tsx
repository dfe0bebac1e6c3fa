// Calling somebody: one's own phone rings first, then theirs.
import { Button, Card, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { useMay } from '@/app/me';
import { useTell } from '@/app/problems';
import { lookAgain } from './useDesk';

export function Dial() {
  const { t } = useTranslation('desk');
  const may = useMay();
  const tell = useTell();
  const [form] = Form.useForm<{ to: string }>();
  if (!may('outbound')) return null;
  const dial = ({ to }: { to: string }) =>
    void client
      .POST('/v1/routing/calls', { body: { to: to.replace(/[\s()-]/g, ''), queue_id: '', caller_id: '' } })
      .then(() => form.resetFields(), tell)
      .finally(lookAgain);
  return (
    <Card size="small" title={t('dial')}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={dial}>
        <Form.Item name="to" label={t('number')} extra={t('numberHelp')} rules={[{ required: true }]}>
          <Input type="tel" />
        </Form.Item>
        <Button htmlType="submit" block>
          {t('dial')}
        </Button>
      </Form>
    </Card>
  );
}
