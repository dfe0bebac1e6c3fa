// A forgotten password: a code is mailed, the code and a new password are given.
import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Flex, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Public } from '@/features/session/Public';
import { ask } from './ask';
import { handedOver, handOver } from './handOver';
import { Mailbox } from './Mailbox';
import { NewPassword } from './NewPassword';
import { useSubmit } from '@/app/useSubmit';

export default function Reset() {
  const { t } = useTranslation('public');
  const [email, setEmail] = useState<string | null>(null);
  const elsewhere = (
    <Flex justify="center" gap={16}>
      {email === null && (
        <Button type="link" style={{ padding: 0 }} onClick={() => setEmail('')}>
          {t('reset.haveCode')}
        </Button>
      )}
      <Link to="/login">{t('reset.back')}</Link>
    </Flex>
  );
  return (
    <Public
      title={t('reset.title')}
      lead={t(email === null ? 'reset.lead' : 'reset.setLead')}
      elsewhere={elsewhere}
    >
      {email === null ? <Ask done={setEmail} /> : <Set email={email} />}
    </Public>
  );
}

function Ask({ done }: { readonly done: (email: string) => void }) {
  const { t } = useTranslation('public');
  const [form] = Form.useForm<{ email: string }>();
  const { trouble, busy, submit } = useSubmit({ form, say: () => t('faults.email') });
  async function send({ email }: { email: string }) {
    await ask('POST', '/v1/tenants/passwords/forgotten', { body: { email: email.trim() } });
    done(email.trim());
  }
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ email: handedOver().email }}
      onFinish={(given) => submit(() => send(given))}
    >
      {trouble && <Alert type="error" showIcon title={trouble} style={{ marginBottom: 12 }} />}
      <Email />
      <Button block type="primary" htmlType="submit" loading={busy}>
        {t('reset.ask')}
      </Button>
    </Form>
  );
}

function Email() {
  const { t } = useTranslation('public');
  const rules = [
    { required: true, message: t('needed') },
    { type: 'email' as const, message: t('faults.email') },
  ];
  return (
    <Form.Item name="email" label={t('email')} rules={rules} validateTrigger="onSubmit">
      <Input inputMode="email" autoComplete="username" autoFocus />
    </Form.Item>
  );
}

interface Given {
  readonly email: string;
  readonly code: string;
  readonly password: string;
}

/** email: "" = the code was asked for elsewhere. */
function Set({ email }: { readonly email: string }) {
  const { t } = useTranslation('public');
  const [form] = Form.useForm<Given>();
  const go = useNavigate();
  const say = (field: string) => (field === 'code' ? t('faults.code') : t('faults.password'));
  const { trouble, busy, submit } = useSubmit({ form, say });
  async function set(given: Given) {
    const address = email || given.email.trim();
    const body = { email: address, code: given.code.trim(), password: given.password };
    await ask('PUT', '/v1/tenants/passwords', { body });
    handOver({ email: address });
    await go({ to: '/login', search: { after: 'reset' } as never });
  }
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(given) => submit(() => set(given))}>
      {trouble && <Alert type="error" showIcon title={trouble} style={{ marginBottom: 12 }} />}
      {email ? (
        <Flex vertical gap={8} style={{ marginBottom: 12 }}>
          <Alert type="info" showIcon title={t('reset.mailed', { email })} />
          <Mailbox to={email} />
        </Flex>
      ) : (
        <Email />
      )}
      <Form.Item name="code" label={t('reset.code')} rules={[{ required: true, message: t('needed') }]}>
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={16} autoFocus={Boolean(email)} />
      </Form.Item>
      <NewPassword label={t('reset.password')} />
      <Button block type="primary" htmlType="submit" loading={busy}>
        {t('reset.set')}
      </Button>
    </Form>
  );
}
