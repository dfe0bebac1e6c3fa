import { useTranslation } from 'react-i18next';
import { NamedNumbers } from './NamedNumbers';

interface Given {
  readonly id?: string;
  readonly value?: Readonly<Record<string, number>>;
  readonly onChange?: (skills: Readonly<Record<string, number>>) => void;
}

/** An agent's skills, each with its level (0-100). */
export function Levels(given: Given) {
  const { t } = useTranslation('setup');
  return (
    <NamedNumbers
      {...given}
      most={100}
      start={50}
      words={{ name: t('skill'), number: t('level'), add: t('addSkill'), remove: t('removeSkill') }}
    />
  );
}
