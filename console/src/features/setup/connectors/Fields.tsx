// How another system is asked, and what of its answer a flow may use.
import { Alert, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/app/Amount';
import { Group } from '@/app/Group';
import { Pairs } from './Pairs';
import { Secret } from './Secret';

const FACTS = ['caller_number', 'called_number', 'customer_name', 'tier', 'tags', 'language', 'known'];
const METHODS = ['GET', 'POST'] as const;
const LEAST_S = 0.1; // as the server has them
const MOST_S = 3;
const MOST_KEPT_S = 86_400;

export function Fields() {
  const { t } = useTranslation('connectors');
  const form = Form.useFormInstance();
  const method = Form.useWatch<string | undefined>('method');
  const has = Boolean(form.getFieldValue('has_secret'));
  return (
    <>
      <Alert type="info" title={t('help')} style={{ marginBottom: 12 }} />
      <Form.Item name="name" label={t('name')} rules={[{ required: true }]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="method" label={t('method')}>
        <Select options={METHODS.map((value) => ({ value, label: t(`methods.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="url"
        label={t('url')}
        extra={t('urlHelp', { example: '{caller_number}', facts: FACTS.join(', ') })}
        rules={[{ required: true }]}
      >
        <Input placeholder="https://crm.example.com/people?phone={caller_number}" />
      </Form.Item>
      {method === 'POST' && (
        <Form.Item name="send" label={t('send')} extra={t('sendHelp')}>
          <Select mode="tags" options={FACTS.map((value) => ({ value, label: value }))} />
        </Form.Item>
      )}
      <Form.Item name="fields" label={t('fields')} extra={t('fieldsHelp', { path: '$.data[0].tier' })}>
        <Pairs
          words={{ name: t('attribute'), value: t('path'), add: t('addField'), remove: t('remove') }}
          examples={['crm_tier', '$.data[0].tier']}
        />
      </Form.Item>
      <Form.Item name="secret_header" label={t('secretHeader')} extra={t('secretHeaderHelp')}>
        <Input maxLength={64} placeholder="Authorization" autoComplete="off" />
      </Form.Item>
      <Form.Item name="secret" label={t('secret.title')} extra={t('secret.help')}>
        <Secret has={has} />
      </Form.Item>
      <Amount
        name="timeout_s"
        label={t('timeout')}
        help={t('timeoutHelp')}
        unit="seconds"
        least={LEAST_S}
        most={MOST_S}
      />
      <Amount
        name="cache_s"
        label={t('cache')}
        help={t('cacheHelp')}
        unit="seconds"
        least={1}
        most={MOST_KEPT_S}
        empty={0}
      />
      <Group title={t('headers')} of={['headers']}>
        <Form.Item name="headers" label={t('headers')} extra={t('headersHelp')}>
          <Pairs
            words={{ name: t('header'), value: t('value'), add: t('addHeader'), remove: t('remove') }}
            examples={['X-Source', 'phone']}
          />
        </Form.Item>
      </Group>
    </>
  );
}
