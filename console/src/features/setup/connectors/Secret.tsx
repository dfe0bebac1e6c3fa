// A secret goes in and never comes out: nothing typed keeps the one there is, which can be removed.
import { Button, Flex, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';

interface Given {
  readonly id?: string;
  /** undefined: as it is; "": removed. */
  readonly value?: string;
  readonly onChange?: (secret: string | undefined) => void;
  /** Whether there is one. */
  readonly has: boolean;
}

export function Secret({ id, value, onChange, has }: Given) {
  const { t } = useTranslation('connectors');
  if (has && value === '')
    return (
      <Flex gap={8} align="center">
        <Typography.Text type="secondary">{t('secret.removed')}</Typography.Text>
        <Button size="small" onClick={() => onChange?.(undefined)}>
          {t('secret.keep')}
        </Button>
      </Flex>
    );
  return (
    <Flex gap={8}>
      <Input.Password
        id={id}
        autoComplete="new-password"
        placeholder={has ? t('secret.kept') : ''}
        value={value ?? ''}
        onChange={(event) => onChange?.(event.target.value || undefined)}
      />
      {has && !value && <Button onClick={() => onChange?.('')}>{t('secret.remove')}</Button>}
    </Flex>
  );
}
