import { useNavigate, useSearch } from '@tanstack/react-router';
import { Alert, Button, Divider, Flex, Form, Input, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, queries } from '@/api/client';
import { Problem } from '@/api/problem';
import { useSession, type Tokens } from '@/api/tokens';
import { useWords } from '@/app/problems';
import { Public } from './Public';

interface Challenge {
  readonly challenge: string;
  readonly session: string;
  readonly user: string;
}
interface Login {
  readonly email: string;
  readonly password: string;
}

export default function SignIn() {
  const { t } = useTranslation('session');
  const [challenge, setChallenge] = useState<Challenge | null>(null);
  const go = useNavigate();
  const { next } = useSearch({ strict: false }) as { next?: string };
  async function take(said: unknown) {
    if (isChallenge(said)) return setChallenge(said);
    queries.clear();
    useSession.getState().keep(said as Tokens);
    await go({ to: next?.startsWith('/') && !next.startsWith('//') ? next : '/' });
  }
  return (
    <Public title={t('title')}>
      {challenge ? <CodeForm asked={challenge} take={take} /> : <PasswordForm take={take} />}
    </Public>
  );
}

const isChallenge = (said: unknown): said is Challenge =>
  typeof said === 'object' && said !== null && 'challenge' in said;

type Take = (said: unknown) => Promise<void>;

function PasswordForm({ take }: { readonly take: Take }) {
  const { t } = useTranslation('session');
  const [form] = Form.useForm<Login>();
  const { trouble, busy, run } = useAttempt(t('wrong'));
  const enter = (given: Login) =>
    run(async () => take((await client.POST('/v1/tenants/sessions', { body: given })).data));
  return (
    <Form form={form} layout="vertical" onFinish={enter} requiredMark={false}>
      {trouble && <Alert type="error" title={trouble} style={{ marginBottom: 12 }} />}
      <Form.Item name="email" label={t('email')} rules={[{ required: true }]}>
        <Input type="email" autoComplete="username" autoFocus />
      </Form.Item>
      <Form.Item name="password" label={t('password')} rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" />
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
  const { trouble, busy, run } = useAttempt(t('wrong'));
  const enter = ({ answer }: { answer: string }) =>
    run(async () => {
      const { challenge, session, user } = asked;
      await take(
        (await client.POST('/v1/tenants/sessions/challenges', { body: { challenge, session, user, answer } }))
          .data,
      );
    });
  return (
    <Form layout="vertical" onFinish={enter} requiredMark={false}>
      {trouble && <Alert type="error" title={trouble} style={{ marginBottom: 12 }} />}
      <Form.Item name="answer" label={t('code')} extra={t('codeHelp')} rules={[{ required: true }]}>
        <Input inputMode="numeric" autoComplete="one-time-code" autoFocus />
      </Form.Item>
      <Button block type="primary" htmlType="submit" loading={busy}>
        {t('confirm')}
      </Button>
    </Form>
  );
}

/** An attempt that may be refused: what to say of it, and whether it is under way. */
export function useAttempt(wrong?: string) {
  const words = useWords();
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  async function run(attempt: () => Promise<unknown>) {
    setTrouble('');
    setBusy(true);
    try {
      await attempt();
    } catch (error) {
      setTrouble(wrong && error instanceof Problem && error.status === 401 ? wrong : words(error));
    } finally {
      setBusy(false);
    }
  }
  return { trouble, busy, run };
}

/** On a laptop the system offers its demo logins; elsewhere there are none. */
function DemoLogins({ choose }: { readonly choose: (login: Login) => void }) {
  const { t } = useTranslation('session');
  const [offered, setOffered] = useState<(Login & { agent?: Login }) | null>(null);
  useEffect(() => {
    void fetch('/_local/demo').then(
      async (answer) => {
        if (answer.ok && answer.headers.get('Content-Type')?.includes('json'))
          setOffered((await answer.json()) as Login);
      },
      () => {},
    );
  }, []);
  if (!offered?.email) return null;
  return (
    <>
      <Divider />
      <Typography.Paragraph type="secondary">{t('demo')}</Typography.Paragraph>
      <Flex gap={8} wrap>
        <Button onClick={() => choose(offered)}>{t('demoOwner')}</Button>
        {offered.agent && <Button onClick={() => choose(offered.agent as Login)}>{t('demoAgent')}</Button>}
      </Flex>
    </>
  );
}
