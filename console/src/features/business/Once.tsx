// A secret that is shown now and never again.
import { Alert, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Modal } from '@/app/Overlay';

interface Given {
  readonly title: string;
  readonly secret: string;
  readonly close: () => void;
}

export function Once({ title, secret, close }: Given) {
  const { t } = useTranslation('business');
  return (
    <Modal
      open
      title={title}
      onCancel={close}
      onOk={close}
      okText={t('once.kept')}
      cancelButtonProps={{ style: { display: 'none' } }}
      mask={{ closable: false }}
    >
      <Alert type="warning" showIcon title={t('once.help')} style={{ marginBottom: 12 }} />
      <Typography.Text code copyable data-secret>
        {secret}
      </Typography.Text>
    </Modal>
  );
}

/** The secret beside the fields that the document names: answered once, so no schema has it. */
export const secretIn = (answer: unknown, field: 'secret' | 'token'): string =>
  String((answer as Readonly<Record<string, unknown>>)[field] ?? '');
