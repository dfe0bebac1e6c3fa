// A request to move numbers here: made, changed, or handed in again after it was rejected.
import { Alert, DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { FormDrawer } from '@/app/FormDrawer';
import { store } from '@/lib/things';
import { numbersIn } from './numbersIn';
import { PORT_INS, type Port } from './PortIns';

interface Given {
  readonly numbers: string;
  readonly carrier: string;
  readonly account_number?: string;
  readonly documents?: string[];
  readonly wanted_on?: Dayjs | null;
}
const LONGEST = 200;

export function PortDrawer({ port, close }: { readonly port: Partial<Port>; readonly close: () => void }) {
  const { t } = useTranslation('numbers');
  const { id, version } = port;
  const save = ({ numbers, carrier, account_number = '', documents = [], wanted_on }: Given) =>
    store<Port>(PORT_INS, {
      ...(id && { id, version }),
      numbers: numbersIn(numbers),
      carrier,
      account_number,
      documents,
      wanted_on: wanted_on?.format('YYYY-MM-DD') ?? '',
    });
  return (
    <FormDrawer<Given>
      title={t(id ? 'porting.change' : 'porting.ask')}
      size={480}
      send={t(id ? 'porting.again' : 'porting.send')}
      initialValues={{
        ...port,
        numbers: port.numbers?.join('\n'),
        wanted_on: port.wanted_on ? dayjs(port.wanted_on) : null,
      }}
      submit={save}
      close={close}
    >
      {port.state === 'rejected' && port.note && (
        <Alert type="warning" showIcon title={t('porting.said', { note: port.note })} style={{ marginBottom: 12 }} />
      )}
      <Form.Item
        name="numbers"
        label={t('porting.numbers')}
        extra={t('porting.numbersHelp')}
        rules={[{ required: true }]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} />
      </Form.Item>
      <Form.Item name="carrier" label={t('porting.carrier')} rules={[{ required: true }]}>
        <Input maxLength={LONGEST} />
      </Form.Item>
      <Form.Item name="account_number" label={t('porting.account')} extra={t('porting.accountHelp')}>
        <Input maxLength={LONGEST} autoComplete="off" />
      </Form.Item>
      <Form.Item name="documents" label={t('porting.documents')} extra={t('porting.documentsHelp')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <Form.Item name="wanted_on" label={t('porting.wanted')} extra={t('porting.wantedHelp')}>
        <DatePicker style={{ width: '100%' }} />
      </Form.Item>
    </FormDrawer>
  );
}
