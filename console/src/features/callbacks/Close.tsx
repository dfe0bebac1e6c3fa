// Done with it: how, from a list of a few words.
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';

interface Given<T extends string> {
  readonly outcomes: readonly T[];
  readonly name: (outcome: T) => string;
  readonly busy: boolean;
  readonly close: (outcome: T) => void;
}

export function Close<T extends string>({ outcomes, name, busy, close }: Given<T>) {
  const { t } = useTranslation('callbacks');
  const items = outcomes.map((one) => ({ key: one, label: name(one), onClick: () => close(one) }));
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button size="small" loading={busy}>
        {t('close')}
      </Button>
    </Dropdown>
  );
}
