// A form in a drawer: sent from its footer, closed when that went well; refusals stand beside their fields or above.
import { Alert, Button, Flex, Form, type FormInstance, type FormProps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Drawer } from './Overlay';
import { useSubmit, type Places, type Say } from './useSubmit';

interface Given<T extends object> {
  readonly title: string;
  readonly size?: number;
  /** The word on the button that sends it, if it is not “Save”. */
  readonly send?: string;
  /** Whether sending it cannot be taken back easily. */
  readonly danger?: boolean;
  readonly initialValues?: FormProps['initialValues'];
  /** Does it; a Problem that it throws is shown. */
  readonly submit: (given: T) => Promise<unknown>;
  readonly close: () => void;
  readonly say?: Say;
  readonly at?: Places;
  readonly requiredMark?: boolean;
  /** Stands around the form, e.g. while what it begins with is loaded. */
  readonly around?: (form: () => ReactNode) => ReactNode;
  readonly children: ReactNode;
}

export function FormDrawer<T extends object>({
  title,
  size = 400,
  send,
  danger,
  submit: attempt,
  close,
  say,
  at,
  around = (form) => form(),
  ...rest
}: Given<T>) {
  const { t } = useTranslation();
  const [form] = Form.useForm<T>();
  const { trouble, busy, submit } = useSubmit({ form: form as FormInstance, say, at });
  const sent = (given: T) => submit(() => attempt(given).then(close));
  return (
    <Drawer
      open
      size={size}
      title={title}
      onClose={close}
      footer={
        <Flex gap={8} justify="end">
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" danger={danger} loading={busy} onClick={() => form.submit()}>
            {send ?? t('save')}
          </Button>
        </Flex>
      }
    >
      {trouble && <Alert type="error" showIcon title={trouble} style={{ marginBottom: 12 }} />}
      {around(() => (
        <Form<T> {...rest} form={form} layout="vertical" onFinish={sent} scrollToFirstError />
      ))}
    </Drawer>
  );
}
