// What is said of an incident, to whom, and until when.
import { Alert, AutoComplete, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Group } from '@/app/Group';
import { Pick } from '@/app/Pick';
import { languages } from '@/i18n';
import { languageName } from '@/lib/format';
import { useOwnNumbers } from '../numbers/own';
import { Until } from '../Until';

const MOST_WORDS = 1500;
const FACTS = ['tier', 'tags', 'language', 'known', 'customer_name', 'caller_number'] as const;

export function IncidentFields() {
  const { t } = useTranslation('setup');
  const numbers = useOwnNumbers();
  return (
    <>
      <Alert type="info" title={t('incidents.help')} style={{ marginBottom: 12 }} />
      <Form.Item name="name" label={t('name')} extra={t('incidents.nameHelp')} rules={[{ required: true }]}>
        <Input maxLength={120} />
      </Form.Item>
      <Words />
      <Form.Item name="queues" label={t('incidents.queues')} extra={t('incidents.queuesHelp')}>
        <Pick from="/v1/routing/queues" mode="multiple" placeholder={t('incidents.allQueues')} />
      </Form.Item>
      <Form.Item name="numbers" label={t('incidents.numbers')} extra={t('incidents.numbersHelp')}>
        <Select mode="multiple" options={numbers} placeholder={t('incidents.allNumbers')} />
      </Form.Item>
      <Until empty={t('incidents.untilEnded')} />
      <Condition />
    </>
  );
}

/** In at least one language: who speaks another hears that of the business. */
function Words() {
  const { t } = useTranslation('setup');
  const { t: refused } = useTranslation('refusals');
  const form = Form.useFormInstance();
  const said = () => languages.some((tag) => form.getFieldValue(['text', tag])?.trim());
  const some = {
    validator: () =>
      said() ? Promise.resolve() : Promise.reject(new Error(refused('faults.incident_words'))),
  };
  return languages.map((tag, place) => (
    <Form.Item
      key={tag}
      name={['text', tag]}
      label={t('incidents.words', { language: languageName(tag) })}
      normalize={(words: string) => words || undefined}
      rules={place === 0 ? [some] : []}
      dependencies={place === 0 ? languages.slice(1).map((other) => ['text', other]) : []}
    >
      <Input.TextArea autoSize={{ minRows: 2 }} maxLength={MOST_WORDS} />
    </Form.Item>
  ));
}

/** Seldom needed: only callers of whom something is known. */
function Condition() {
  const { t } = useTranslation('setup');
  const facts = FACTS.map((value) => ({ value, label: `${value} – ${t(`incidents.facts.${value}`)}` }));
  return (
    <Group title={t('incidents.only')} of={['variable', 'values']}>
      <Form.Item name="variable" label={t('incidents.variable')} extra={t('incidents.variableHelp')}>
        <AutoComplete options={facts} allowClear />
      </Form.Item>
      <Form.Item name="values" label={t('incidents.values')} extra={t('incidents.valuesHelp')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
    </Group>
  );
}
