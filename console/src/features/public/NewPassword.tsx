// A new password, with what it must have said while it is typed.
import { CheckCircleFilled } from '@ant-design/icons';
import { Flex, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

const RULES = {
  length: (password: string) => password.length >= 12,
  small: (password: string) => /\p{Ll}/u.test(password),
  capital: (password: string) => /\p{Lu}/u.test(password),
  digit: (password: string) => /\d/.test(password),
  sign: (password: string) => /[^\p{L}\p{N}]/u.test(password),
} as const;

interface Given {
  /** Of the field in its form. */
  readonly name?: string;
  readonly label?: string;
}

export function NewPassword({ name = 'password', label }: Given) {
  const { t } = useTranslation('public');
  const typed = (Form.useWatch(name) as string | undefined) ?? '';
  return (
    <Form.Item
      name={name}
      label={label ?? t('password')}
      rules={[{ required: true, message: t('needed') }]}
      extra={<Rules typed={typed} />}
    >
      <Input.Password autoComplete="new-password" maxLength={256} />
    </Form.Item>
  );
}

function Rules({ typed }: { readonly typed: string }) {
  const { t } = useTranslation('public');
  return (
    <Flex component="ul" wrap gap="2px 12px" className="password-rules">
      {Object.entries(RULES).map(([name, holds]) => (
        <li key={name} className={holds(typed) ? 'met' : ''}>
          {holds(typed) ? <CheckCircleFilled aria-label={t('met')} /> : <span className="to-come" />}{' '}
          {t(`rules.${name as keyof typeof RULES}`)}
        </li>
      ))}
    </Flex>
  );
}
