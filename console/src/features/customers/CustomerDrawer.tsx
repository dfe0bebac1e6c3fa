// Adding a customer, or changing what is known of one.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormDrawer } from '@/app/FormDrawer';
import { orNone } from '@/app/orNone';
import { languageName } from '@/lib/format';
import { draftOf, type Customer, type Draft } from './customers';

const LANGUAGES = ['en-US', 'zh-CN', 'zh-HK', 'de-DE', 'es-ES', 'fr-FR', 'ja-JP', 'ko-KR'];
const MOST_NUMBERS = 10;
const LONGEST = { name: 200, word: 64 } as const; // as the server has it

interface Given {
  readonly title: string;
  readonly customer: Partial<Customer>;
  readonly submit: (draft: Draft) => Promise<unknown>;
  readonly close: () => void;
}

export function CustomerDrawer({ title, customer, submit, close }: Given) {
  const { t } = useTranslation('customers');
  const { language } = customer;
  const languages = language && !LANGUAGES.includes(language) ? [language, ...LANGUAGES] : LANGUAGES;
  return (
    <FormDrawer<Draft> title={title} initialValues={draftOf(customer)} submit={submit} close={close}>
      <Form.Item name="name" label={t('name')}>
        <Input maxLength={LONGEST.name} />
      </Form.Item>
      <Numbers />
      <Form.Item name="language" label={t('language')} extra={t('languageHelp')} {...orNone}>
        <Select allowClear options={languages.map((value) => ({ value, label: languageName(value) }))} />
      </Form.Item>
      <Form.Item name="tier" label={t('tier')} extra={t('tierHelp')}>
        <Input maxLength={LONGEST.word} />
      </Form.Item>
      <Form.Item name="tags" label={t('tags')} extra={t('tagsHelp')}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，']} />
      </Form.Item>
    </FormDrawer>
  );
}

function Numbers() {
  const { t } = useTranslation('customers');
  return (
    <Form.List name="numbers">
      {(fields, { add, remove }) => (
        <Form.Item label={t('numbers')} extra={t('numbersHelp')}>
          <Flex vertical gap={8} align="start">
            {fields.map(({ key, name }, index) => (
              <Flex key={key} gap={8} style={{ width: '100%' }}>
                <Form.Item
                  name={name}
                  rules={[{ required: true, whitespace: true, message: t('numberMissing') }]}
                  style={{ flex: 1, marginBottom: 0 }}
                >
                  <Input aria-label={t('number', { which: index + 1 })} placeholder="+14155550123" />
                </Form.Item>
                <Button
                  icon={<DeleteOutlined />}
                  aria-label={t('removeNumber', { which: index + 1 })}
                  onClick={() => remove(name)}
                />
              </Flex>
            ))}
            {fields.length < MOST_NUMBERS && (
              <Button icon={<PlusOutlined />} onClick={() => add('')}>
                {t('addNumber')}
              </Button>
            )}
          </Flex>
        </Form.Item>
      )}
    </Form.List>
  );
}
