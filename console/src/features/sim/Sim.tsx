// The caller's side: dial, hear, press keys, say a word, hang up; one caller or several at once.
import { PhoneOutlined } from '@ant-design/icons';
import { Button, Card, Col, Flex, Form, Input, InputNumber, Row, Select, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { useTell } from '@/app/problems';
import { Mark } from '@/app/Mark';
import { call, demo } from './carrier';
import { Heard } from './Heard';

interface Given {
  readonly from: string;
  readonly to: string;
  readonly script: string;
  readonly callers: number;
}
interface Under {
  readonly sid: string;
  readonly from: string;
}
/** What a caller does: by hand, or by themselves. */
const SCRIPTS = {
  byHand: '',
  sales: 'press 1, press 2, press 1, press 8',
  service: 'press 2, press 2, press 1, press 8',
  impatient: 'press 1, hang up after 8 s',
} as const;

export default function Sim() {
  const { t } = useTranslation('sim');
  const [calls, setCalls] = useState<readonly Under[]>([]);
  return (
    <Page title={t('title')}>
      <Row gutter={[12, 12]}>
        <Col xs={24} lg={8}>
          <Dial placed={(made) => setCalls([...made, ...calls])} />
        </Col>
        <Col xs={24} lg={16}>
          <Flex vertical gap={12}>
            {calls.map((one) => (
              <Call key={one.sid} call={one} />
            ))}
            {calls.length === 0 && <Typography.Text type="secondary">{t('none')}</Typography.Text>}
          </Flex>
        </Col>
      </Row>
    </Page>
  );
}

function Dial({ placed }: { readonly placed: (calls: readonly Under[]) => void }) {
  const { t } = useTranslation('sim');
  const tell = useTell();
  const [form] = Form.useForm<Given>();
  useEffect(() => {
    void demo().then(({ number, caller }) => form.setFieldsValue({ to: number, from: caller }));
  }, [form]);
  async function dial({ from, to, script, callers }: Given) {
    const numbers = Array.from({ length: callers }, (_, index) =>
      index === 0 ? from : from.replace(/\d{2}$/, String(10 + index)),
    );
    placed(
      await Promise.all(
        numbers.map(async (number) => ({ sid: await call(number, to, script), from: number })),
      ),
    );
  }
  return (
    <Card size="small" title={t('dial')}>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ script: '', callers: 1 }}
        onFinish={(given) => void dial(given).catch(tell)}
      >
        <Form.Item name="from" label={t('from')} rules={[{ required: true }]}>
          <Input type="tel" />
        </Form.Item>
        <Form.Item name="to" label={t('to')} rules={[{ required: true }]}>
          <Input type="tel" />
        </Form.Item>
        <Form.Item name="script" label={t('script')}>
          <Select
            options={(Object.keys(SCRIPTS) as (keyof typeof SCRIPTS)[]).map((name) => ({
              value: SCRIPTS[name],
              label: t(`scripts.${name}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="callers" label={t('callers')}>
          <InputNumber min={1} max={20} />
        </Form.Item>
        <Button type="primary" htmlType="submit" block icon={<PhoneOutlined />}>
          {t('place')}
        </Button>
      </Form>
    </Card>
  );
}

function Call({ call: { sid, from } }: { readonly call: Under }) {
  const { t } = useTranslation('sim');
  const [over, setOver] = useState(false);
  return (
    <Card
      size="small"
      title={from}
      extra={<Mark tone={over ? 'plain' : 'good'}>{t(over ? 'over' : 'live')}</Mark>}
    >
      <Heard sid={sid} ended={() => setOver(true)} />
    </Card>
  );
}
