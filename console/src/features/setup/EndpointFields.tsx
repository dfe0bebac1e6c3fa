import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

const KINDS = ['browser', 'phone', 'sip'] as const;
type Kind = (typeof KINDS)[number];

/** What rings when an agent is offered a call. The page rings who can sign in: people who were invited. */
export function EndpointFields() {
  const { t } = useTranslation('setup');
  const form = Form.useFormInstance();
  const kind = Form.useWatch<Kind>(['endpoint', 'kind']);
  const id: string | undefined = form.getFieldValue('id');
  const kinds = id ? KINDS : KINDS.filter((one) => one !== 'browser');
  const address = (chosen: Kind) => (chosen === 'browser' ? `client:${id}` : '');
  return (
    <>
      <Form.Item name={['endpoint', 'kind']} label={t('agents.device')}>
        <Select
          onChange={(chosen: Kind) => form.setFieldValue(['endpoint', 'address'], address(chosen))}
          options={kinds.map((value) => ({ value, label: t(`devices.${value}`) }))}
        />
      </Form.Item>
      {kind !== 'browser' && (
        <Form.Item name={['endpoint', 'address']} label={t('agents.address')} extra={t('agents.addressHelp')}>
          <Input />
        </Form.Item>
      )}
    </>
  );
}
