// Permissions in words: what one lets somebody do.
import { useTranslation } from 'react-i18next';

export function usePermissionWords(): (permission: string) => string {
  const { t } = useTranslation('permissions');
  return (permission) => t(permission as 'calls.take', { defaultValue: permission });
}
