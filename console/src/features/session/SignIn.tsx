import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Alert, Button, Divider, Flex, Form, Input, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession, type Tokens } from '@/api/tokens';
import { answer, enter, isChallenge, ownPage, signIn, type Challenge } from '@/features/public/enter';
import { handedOver, handOver } from '@/features/public/handOver';
import { useSubmit } from '@/app/useSubmit';
import { Public } from './Public';

interface Login {
  readonly email: string;
  readonly password: string;
}
interface Search {
  readonly next?: string;
  /** What was just done: a password was reset. */
  readonly after?: string;
}

export default function SignIn() {
  const { t } = useTranslation('session');
  const [challenge, setChallenge] = useState<Challenge | null>(null);
  const go = useNavigate();
  const { next, after } = useSearch({ strict: false }) as Search;
  useEffect(() => useSession.getState().keep(null), []);
  async function take(said: Tokens | Challenge) {
    if (isChallenge(said)) return setChallenge(said);
    enter(said);
    await go({ to: ownPage(next), replace: true });
  }
  const elsewhere = challenge ? (
    <Button type="link" onClick={() => setChallenge(null)}>
      {t('otherAccount')}
    </Button>
  ) : (
    <>
      {t('noAccount')} <Link to="/sign-up">{t('signUp')}</Link>
    </>
  );
  return (
    <Public title={t(challenge ? 'codeTitle' : 'title')} elsewhere={elsewhere}>
      {after === 'reset' && !challenge && (
        <Alert type="success" showIcon title={t('wasReset')} style={{ marginBottom: 12 }} />
      )}
      {challenge ? <CodeForm asked={challenge} take={take} /> : <PasswordForm take={take} />}
    </Public>
  );
}

type Take = (said: Tokens | Challenge) => unknown;

function PasswordForm({ take }: { readonly take: Take }) {
  const { t } = useTranslation('session');
  const [form] = Form.useForm<Login>();
  const { trouble, busy, submit } = useSubmit({ form, say: () => t('wrong'), at: { 401: 'password' } });
  const needed = [{ required: true, message: t('needed') }];
  async function send({ email, password }: Login) {
    const said = await signIn(email, password);
    handOver({ email, password });
    await take(said);
  }
  return (
    <Form
      form={form}
      layout="vertical"
      onFinish={(given) => submit(() => send(given))}
      requiredMark={false}
      initialValues={{ email: handedOver().email }}
    >
      {trouble && <Alert type="error" title={trouble} style={{ marginBottom: 12 }} />}
      <Form.Item name="email" label={t('email')} rules={needed}>
        <Input type="email" autoComplete="username" autoFocus={!handedOver().email} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('password')}
        rules={needed}
        extra={<Link to="/reset">{t('forgotten')}</Link>}
      >
        <Input.Password autoComplete="current-password" autoFocus={Boolean(handedOver().email)} />
      </Form.Item>
      <Button block type="primary" htmlType="submit" loading={busy}>
        {t('signIn')}
      </Button>
      <DemoLogins choose={(login) => form.setFieldsValue(login)} />
    </Form>
  );
}

function CodeForm({ asked, take }: { readonly asked: Challenge; readonly take: Take }) {
  const { t } = useTranslation('session');
  const [form] = Form.useForm<{ answer: string }>();
  const { trouble, busy, submit } = useSubmit({ form, say: () => t('wrongCode'), at: { 401: 'answer' } });
  const send = async (given: { answer: string }) =>
    take(await answer(asked, given.answer.replaceAll(' ', '')));
  return (
    <Form form={form} layout="vertical" onFinish={(given) => submit(() => send(given))} requiredMark={false}>
      {trouble && <Alert type="error" title={trouble} style={{ marginBottom: 12 }} />}
      <Form.Item
        name="answer"
        label={t('code')}
        extra={t('codeHelp')}
        rules={[{ required: true, message: t('needed') }]}
      >
        <Input inputMode="numeric" autoComplete="one-time-code" autoFocus maxLength={16} />
      </Form.Item>
      <Button block type="primary" htmlType="submit" loading={busy}>
        {t('confirm')}
      </Button>
    </Form>
  );
}

/** On a laptop the system offers its demo logins; elsewhere there are none. */
function DemoLogins({ choose }: { readonly choose: (login: Login) => void }) {
  const { t } = useTranslation('session');
  const [offered, setOffered] = useState<(Login & { agent?: Login }) | null>(null);
  useEffect(() => {
    void fetch('/_local/demo').then(
      async (answered) => {
        if (answered.ok && answered.headers.get('Content-Type')?.includes('json'))
          setOffered((await answered.json()) as Login);
      },
      () => {},
    );
  }, []);
  if (!offered?.email) return null;
  return (
    <>
      <Divider style={{ margin: '16px 0' }} />
      <Typography.Paragraph type="secondary">{t('demo')}</Typography.Paragraph>
      <Flex gap={8} wrap>
        <Button onClick={() => choose(offered)}>{t('demoOwner')}</Button>
        {offered.agent && <Button onClick={() => choose(offered.agent as Login)}>{t('demoAgent')}</Button>}
      </Flex>
    </>
  );
}
