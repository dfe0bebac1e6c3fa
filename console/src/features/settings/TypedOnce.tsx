// What nobody does by accident: words are typed once more before it is done.
import { Alert, Form, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormDrawer } from '@/app/FormDrawer';

interface Given {
  readonly title: string;
  /** What follows from it. */
  readonly warning: string;
  /** What is to be typed. */
  readonly wanted: string;
  readonly submit: (given: { readonly confirm: string }) => Promise<unknown>;
  readonly close: () => void;
}

export function TypedOnce({ title, warning, wanted, submit, close }: Given) {
  const { t } = useTranslation('settings');
  return (
    <FormDrawer<{ confirm: string }>
      title={title}
      send={title}
      danger
      requiredMark={false}
      submit={submit}
      close={close}
    >
      <Alert type="warning" showIcon title={warning} style={{ marginBottom: 12 }} />
      <Form.Item
        name="confirm"
        label={t('typed')}
        extra={<Typography.Text code>{wanted}</Typography.Text>}
        rules={[{ required: true, message: t('typedNeeded') }]}
      >
        <Input autoComplete="off" maxLength={300} />
      </Form.Item>
    </FormDrawer>
  );
}
