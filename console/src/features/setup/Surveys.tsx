import { Link } from '@tanstack/react-router';
import { Alert, Button, Card, Flex, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useZone, type Schemas } from '@/app/me';
import { ThingsScreen } from '@/app/ThingsScreen';
import { dayIn, shifted } from '@/features/reports/period';
import { languages } from '@/i18n';
import { languageName } from '@/lib/format';
import { useNow } from '@/lib/useNow';

type Survey = Schemas['Survey'];
const KINDS = ['csat', 'resolved', 'nps'] as const;
const ADVISED = 3;
const MOST = 5;
const WEEKS_BACK = -27; // and today: four weeks

export default function Surveys() {
  const { t } = useTranslation('setup');
  const today = dayIn(useNow(60_000), useZone());
  return (
    <ThingsScreen<Survey>
      path="/v1/surveys"
      write="surveys.write"
      title={t('surveys.title')}
      empty={t('surveys.empty')}
      width={560}
      fresh={{ name: '', language: 'en-US', intro: {}, thanks: {}, questions: [] }}
      columns={[
        { title: t('name'), dataIndex: 'name' },
        { title: t('surveys.language'), dataIndex: 'language', render: languageName },
        { title: t('surveys.questions'), render: (_, survey) => survey.questions.length, align: 'right' },
        {
          title: t('surveys.results'),
          render: (_, survey) => (
            <Link
              to="/reports"
              search={{
                report: 'satisfaction',
                survey: survey.id,
                from: shifted(today, WEEKS_BACK),
                to: today,
              }}
            >
              {t('surveys.results')}
            </Link>
          ),
        },
      ]}
      fields={
        <>
          <Form.Item name="name" label={t('name')} rules={[{ required: true }]}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="language" label={t('surveys.language')}>
            <Select options={languages.map((value) => ({ value, label: languageName(value) }))} />
          </Form.Item>
          <Texts name="intro" label={t('surveys.intro')} />
          <Questions />
          <Texts name="thanks" label={t('surveys.thanks')} />
        </>
      }
    />
  );
}

function Texts({ name, label }: { readonly name: string; readonly label: string }) {
  return languages.map((tag) => (
    <Form.Item key={tag} name={[name, tag]} label={`${label} (${languageName(tag)})`}>
      <Input.TextArea autoSize />
    </Form.Item>
  ));
}

function Questions() {
  const { t } = useTranslation('setup');
  return (
    <Form.List name="questions">
      {(rows, { add, remove }) => (
        <Flex vertical gap={8} style={{ marginBottom: 16 }}>
          <Alert
            type={rows.length > ADVISED ? 'warning' : 'info'}
            showIcon
            title={t(rows.length > ADVISED ? 'surveys.short' : 'surveys.advice')}
          />
          {rows.map((row, index) => (
            <Card
              key={row.key}
              size="small"
              title={`${t('surveys.question')} ${index + 1}`}
              extra={
                <Button size="small" onClick={() => remove(row.name)}>
                  {t('surveys.remove')}
                </Button>
              }
            >
              <Form.Item name={[row.name, 'id']} label={t('surveys.id')} rules={[{ required: true }]}>
                <Input />
              </Form.Item>
              <Form.Item name={[row.name, 'kind']} label={t('surveys.kind')}>
                <Select options={KINDS.map((value) => ({ value, label: t(`surveys.kinds.${value}`) }))} />
              </Form.Item>
              {languages.map((tag) => (
                <Form.Item
                  key={tag}
                  name={[row.name, 'text', tag]}
                  label={`${t('surveys.text')} (${languageName(tag)})`}
                >
                  <Input.TextArea autoSize />
                </Form.Item>
              ))}
              <Flex gap={8}>
                <Form.Item name={[row.name, 'low']} label={t('surveys.low')}>
                  <InputNumber min={0} max={10} />
                </Form.Item>
                <Form.Item name={[row.name, 'high']} label={t('surveys.high')}>
                  <InputNumber min={0} max={10} />
                </Form.Item>
                <Form.Item name={[row.name, 'good']} label={t('surveys.good')}>
                  <Select
                    style={{ width: 120 }}
                    options={(['low', 'high'] as const).map((value) => ({
                      value,
                      label: t(`surveys.ends.${value}`),
                    }))}
                  />
                </Form.Item>
              </Flex>
            </Card>
          ))}
          <Button
            disabled={rows.length >= MOST}
            onClick={() =>
              add({ id: `q${rows.length + 1}`, kind: 'csat', text: {}, low: 1, high: 5, good: 'high' })
            }
          >
            {t('surveys.add')}
          </Button>
        </Flex>
      )}
    </Form.List>
  );
}
