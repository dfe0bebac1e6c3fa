// Calling somebody: one's own phone rings first, then theirs. What forbids the number is said at the number.
import { Button, Card, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { Problem } from '@/api/problem';
import { useMay } from '@/app/me';
import { Pick } from '@/app/Pick';
import { useTell, useWords } from '@/app/problems';
import { numberIn } from './targets';
import { lookAgain } from './useDesk';

interface Given {
  readonly to: string;
  readonly queue?: string;
}
const ABOUT_THE_NUMBER = [
  'country_not_allowed',
  'emergency_not_allowed',
  'no_caller_id',
  'spending_cap_reached',
  'invalid_input',
];

export function Dial() {
  const { t } = useTranslation('desk');
  const may = useMay();
  const tell = useTell();
  const words = useWords();
  const [form] = Form.useForm<Given>();
  const [waits, setWaits] = useState(false);
  if (!may('outbound')) return null;
  const refused = (error: unknown) => {
    if (error instanceof Problem && ABOUT_THE_NUMBER.includes(error.code))
      form.setFields([{ name: 'to', errors: [words(error)] }]);
    else tell(error);
  };
  const dial = ({ to, queue }: Given) => {
    setWaits(true);
    void client
      .POST('/v1/routing/calls', { body: { to: numberIn(to) ?? to, queue_id: queue ?? '', caller_id: '' } })
      .then(() => form.resetFields(), refused)
      .finally(() => (setWaits(false), lookAgain()));
  };
  return (
    <Card size="small" title={t('dial')}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={dial}>
        <Form.Item
          name="to"
          label={t('number')}
          extra={t('numberHelp')}
          rules={[
            { required: true, message: t('numberNeeded') },
            {
              validator: (_, value: string) =>
                !value || numberIn(value) ? Promise.resolve() : Promise.reject(new Error(t('noNumber'))),
            },
          ]}
          validateTrigger="onSubmit"
        >
          <Input type="tel" autoComplete="off" />
        </Form.Item>
        <Form.Item name="queue" label={t('behalf')}>
          <Pick from="/v1/routing/queues" allowClear placeholder={t('behalfUsual')} />
        </Form.Item>
        <Button htmlType="submit" block loading={waits}>
          {t('dial')}
        </Button>
      </Form>
    </Card>
  );
}
