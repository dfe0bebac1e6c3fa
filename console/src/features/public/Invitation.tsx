// The mailed link of an invitation: who is new gives a password, who has one already uses it.
import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Form, Input, Result } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { Public } from '@/features/session/Public';
import { ask } from './ask';
import { enter, isChallenge, signIn } from './enter';
import { handOver } from './handOver';
import { NewPassword } from './NewPassword';
import { useHash } from './useHash';
import { useSubmit } from '@/app/useSubmit';

interface Given {
  readonly name?: string;
  readonly password: string;
}
interface Joined {
  readonly email: string;
}

export default function Invitation() {
  const { t } = useTranslation('public');
  const link = useHash().replace(/^#/, '');
  const [invalid, setInvalid] = useState(!link);
  if (!invalid) return <Accept link={link} invalid={() => setInvalid(true)} />;
  return (
    <Public title={t('invitation.title')} width={480}>
      <Result
        status="warning"
        title={t('invitation.invalid')}
        subTitle={t('invitation.invalidHelp')}
        extra={<Link to="/login">{t('signUp.signIn')}</Link>}
      />
    </Public>
  );
}

function Accept({ link, invalid }: { readonly link: string; readonly invalid: () => void }) {
  const { t } = useTranslation('public');
  const [form] = Form.useForm<Given>();
  const go = useNavigate();
  const say = (field: string, code: string) => {
    if (field !== 'password') return undefined;
    return t(code === 'wrong_password' ? 'invitation.otherPassword' : 'faults.password');
  };
  const { trouble, busy, submit } = useSubmit({ form, say });
  async function accept({ name = '', password }: Given) {
    const joined = await ask<Joined>('POST', '/v1/tenants/invitations/accepted', {
      body: { link, password, name },
    }).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 404) return invalid();
      throw error;
    });
    if (!joined) return;
    handOver({ email: joined.email, password });
    const said = await signIn(joined.email, password);
    if (isChallenge(said)) return go({ to: '/login' });
    enter(said);
    await go({ to: '/' });
  }
  return (
    <Public title={t('invitation.title')} lead={t('invitation.lead')} width={440}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(given) => submit(() => accept(given))}
      >
        {trouble && <Alert type="error" showIcon title={trouble} style={{ marginBottom: 12 }} />}
        <Form.Item name="name" label={t('verify.name')}>
          <Input autoComplete="name" maxLength={80} autoFocus />
        </Form.Item>
        <NewPassword />
        <Button block type="primary" htmlType="submit" loading={busy}>
          {t('invitation.accept')}
        </Button>
      </Form>
    </Public>
  );
}
