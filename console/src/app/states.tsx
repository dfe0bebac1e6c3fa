// The four states of every screen: loading, empty, error, no permission.
import { Button, Flex, Result, Skeleton, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from './me';
import { usePermissionWords } from './permissions';
import { useWords } from './problems';

export interface Asked {
  readonly isPending: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** children once the answer is there; before, a skeleton or what went wrong. */
export function Loaded({ of, children }: { readonly of: Asked; readonly children: () => ReactNode }) {
  if (of.isPending) return <Skeleton active style={{ padding: 12 }} />;
  if (of.error) return <LoadFailed error={of.error} again={of.refetch} />;
  return children();
}

export function LoadFailed({ error, again }: { readonly error: unknown; readonly again?: () => unknown }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Result
      status="warning"
      title={t('loadFailed')}
      subTitle={words(error)}
      extra={again && <Button onClick={() => void again()}>{t('retry')}</Button>}
    />
  );
}

/** One sentence and one button that says the next step. */
export function Nothing({
  children,
  action,
}: {
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Flex vertical align="center" gap={8} className="nothing">
      <Typography.Text type="secondary">{children ?? t('empty')}</Typography.Text>
      {action}
    </Flex>
  );
}

export function NoPermission({ permission }: { readonly permission: string }) {
  const { t } = useTranslation();
  const said = usePermissionWords();
  const { me } = useMe();
  return (
    <Result
      status="warning"
      title={t('noPermission')}
      subTitle={t('noPermissionHelp', { permission: said(permission), tenant: me?.tenant.name ?? '' })}
    />
  );
}
