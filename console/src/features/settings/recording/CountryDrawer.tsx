// A rule of the company for callers of one country, stricter than its law.
import { Form, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormDrawer } from '@/app/FormDrawer';
import { countries, countryName } from '@/lib/countries';
import { stricter } from './countries';
import { store, type Rule, type Rules } from './rules';

interface Given {
  readonly rules: Rules;
  /** '': it is still to be chosen. */
  readonly country: string;
  readonly close: () => void;
}
interface Fields {
  readonly country: string;
  readonly rule: Rule;
}

export function CountryDrawer({ rules, country, close }: Given) {
  const { t } = useTranslation('settings');
  const save = (given: Fields) =>
    store(rules, { regions: { ...rules.regions, [given.country]: given.rule } });
  return (
    <FormDrawer<Fields>
      title={country ? countryName(country) : t('recording.addCountry')}
      initialValues={{ country: country || undefined, rule: 'never' }}
      submit={save}
      close={close}
    >
      <Form.Item
        name="country"
        label={t('recording.country')}
        rules={[{ required: true, message: t('recording.countryNeeded') }]}
      >
        <Select disabled={country !== ''} options={countries()} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <WhichRule rules={rules} />
    </FormDrawer>
  );
}

function WhichRule({ rules }: { readonly rules: Rules }) {
  const { t } = useTranslation('settings');
  const country = Form.useWatch<string | undefined>('country');
  const law = (country && rules.table[country]?.rule) || rules.unknown.rule;
  const options = stricter(law).map((value) => ({ value, label: t(`recording.ruleHelp.${value}`) }));
  return (
    <Form.Item
      name="rule"
      label={t('recording.own')}
      extra={t('recording.lawThere', { rule: t(`recording.rules.${law}`) })}
    >
      <Radio.Group options={options} vertical />
    </Form.Item>
  );
}
