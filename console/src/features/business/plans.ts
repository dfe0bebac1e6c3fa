// Plans by their names.
import { useTranslation } from 'react-i18next';

/** What a plan is called, by its id with or without a version. */
export function usePlanName(): (id: string) => string {
  const { t } = useTranslation('business');
  return (id) => t(`billing.planNames.${id.split('@')[0] as 'trial'}`, { defaultValue: id });
}
