// Somebody to answer calls with: their address and role are enough to begin with.
import { Link } from '@tanstack/react-router';
import { Alert, Button, Form, Input, Select, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { useSubmit } from '@/app/useSubmit';
import { lookAgain } from './useOnboarding';

const INVITATIONS = '/v1/tenants/invitations';
const ROLES = ['agent', 'supervisor', 'admin'] as const;
interface Given {
  readonly email: string;
  readonly role: (typeof ROLES)[number];
}

export function Invite() {
  const { t } = useTranslation('welcome');
  const [form] = Form.useForm<Given>();
  const [sent, setSent] = useState('');
  const asked = api.useQuery('get', INVITATIONS);
  const open = (asked.data as { data?: { id: string; email: string }[] } | undefined)?.data ?? [];
  const say = (field: string, code: string) =>
    field === 'email' ? t(code === 'conflict' ? 'invite.known' : 'invite.noAddress') : undefined;
  const { trouble, busy, submit } = useSubmit({ form, say });
  async function send({ email, role }: Given) {
    setSent('');
    const body = {
      email: email.trim(),
      role,
      name: '',
      profile_id: '',
      teams: [],
      queues: [],
      permission_set: '',
    };
    await client.POST(INVITATIONS, { body });
    setSent(email.trim());
    form.resetFields(['email']);
    await Promise.all([lookAgain(), queries.invalidateQueries({ queryKey: ['get', INVITATIONS] })]);
  }
  return (
    <>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ role: 'agent' }}
        onFinish={(given) => submit(() => send(given))}
        style={{ maxWidth: 400 }}
      >
        {trouble && <Alert type="error" showIcon title={trouble} style={{ marginBottom: 12 }} />}
        <Form.Item name="email" label={t('invite.email')} rules={[{ required: true, message: t('needed') }]}>
          <Input inputMode="email" autoComplete="off" />
        </Form.Item>
        <Form.Item name="role" label={t('invite.role')}>
          <Select options={ROLES.map((value) => ({ value, label: t(`invite.roles.${value}`) }))} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('invite.send')}
        </Button>
      </Form>
      <output style={{ display: 'block', margin: '12px 0', maxWidth: 400 }}>
        {sent && <Alert type="success" showIcon title={t('invite.sent', { email: sent })} />}
      </output>
      {open.length > 0 && (
        <Typography.Paragraph type="secondary">
          {t('invite.open')} {open.map((one) => one.email).join(', ')}
        </Typography.Paragraph>
      )}
      <Link to="/people">{t('invite.more')}</Link>
    </>
  );
}
