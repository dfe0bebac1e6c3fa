// The mailed link: the address is proved, the owner gets a password, the set-up is watched until it is ready.
import { CheckCircleFilled, CloseCircleFilled, LoadingOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Flex, Form, Input, Result, Skeleton, Typography } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { LoadFailed } from '@/app/states';
import { Public } from '@/features/session/Public';
import { ask } from './ask';
import { enter, isChallenge, signIn } from './enter';
import { handOver } from './handOver';
import { NewPassword } from './NewPassword';
import { linkOf, stagesOf, type Progress, type Stage } from './progress';
import { useHash } from './useHash';
import { useSubmit } from '@/app/useSubmit';

const LOOK_AGAIN_MS = 1000;

export default function Verify() {
  const { t } = useTranslation('public');
  const link = linkOf(useHash());
  const [password, setPassword] = useState('');
  const asked = useQuery({
    queryKey: ['sign-up', link?.id, link?.secret],
    enabled: link !== null,
    retry: (count, error) => !(error instanceof Problem) && count < 3,
    refetchInterval: ({ state }) => (state.data?.status === 'setting_up' ? LOOK_AGAIN_MS : false),
    queryFn: () => ask<Progress>('GET', `/v1/tenants/sign-ups/${link?.id}`, { secret: link?.secret }),
  });
  if (!link || (asked.error instanceof Problem && asked.error.status === 404)) return <NoLink />;
  if (asked.error && !asked.data)
    return (
      <Public title={t('verify.title')}>
        <LoadFailed error={asked.error} again={asked.refetch} />
      </Public>
    );
  if (!asked.data)
    return (
      <Public title={t('verify.title')} width={440}>
        <Skeleton active />
      </Public>
    );
  const send = (body: object) =>
    ask('POST', `/v1/tenants/sign-ups/${link.id}/verification`, { body: { secret: link.secret, ...body } });
  if (asked.data.status === 'waiting_for_verification')
    return (
      <Owner
        known={asked.data}
        prove={async (given) => {
          await send(given);
          setPassword(given.password);
          await asked.refetch();
        }}
      />
    );
  const resume = () => send({ password: '-', name: '-' }).finally(() => void asked.refetch());
  return <SetUp known={asked.data} password={password} resume={resume} />;
}

function NoLink() {
  const { t } = useTranslation('public');
  return (
    <Public title={t('verify.title')} width={480}>
      <Result
        status="warning"
        title={t('verify.invalid')}
        subTitle={t('verify.invalidHelp')}
        extra={<Link to="/sign-up">{t('verify.begin')}</Link>}
      />
    </Public>
  );
}

interface Given {
  readonly name: string;
  readonly password: string;
}

function Owner({
  known,
  prove,
}: {
  readonly known: Progress;
  readonly prove: (given: Given) => Promise<void>;
}) {
  const { t } = useTranslation('public');
  const [form] = Form.useForm<Given>();
  const say = (field: string) =>
    field === 'password' ? t('faults.password') : field === 'name' ? t('faults.name') : undefined;
  const { trouble, busy, submit } = useSubmit({ form, say });
  return (
    <Public title={t('verify.owner', { company: known.company })} lead={t('verify.ownerHelp')} width={440}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(given) => submit(() => prove(given))}
      >
        {trouble && <Alert type="error" showIcon title={trouble} style={{ marginBottom: 12 }} />}
        <Form.Item label={t('verify.address')}>
          <Typography.Text strong>{known.email}</Typography.Text>
          {/* for managers of passwords */}
          <input type="email" autoComplete="username" value={known.email} readOnly hidden />
        </Form.Item>
        <Form.Item name="name" label={t('verify.name')} rules={[{ required: true, message: t('needed') }]}>
          <Input autoComplete="name" maxLength={120} autoFocus />
        </Form.Item>
        <NewPassword label={t('verify.password')} />
        <Button block type="primary" htmlType="submit" loading={busy}>
          {t('verify.submit')}
        </Button>
      </Form>
    </Public>
  );
}

const ICONS: Readonly<Record<Stage['state'], React.ReactNode>> = {
  done: <CheckCircleFilled style={{ color: 'var(--ant-color-success)' }} />,
  now: <LoadingOutlined style={{ color: 'var(--ant-color-primary)' }} />,
  later: <span className="to-come" />,
  failed: <CloseCircleFilled style={{ color: 'var(--ant-color-error)' }} />,
};

interface SetUpGiven {
  readonly known: Progress;
  /** "" where it was typed on another visit. */
  readonly password: string;
  readonly resume: () => Promise<unknown>;
}

function SetUp({ known, password, resume }: SetUpGiven) {
  const { t } = useTranslation('public');
  const ready = known.status === 'ready';
  const failed = known.status === 'failed';
  const come = useComeIn(known, password);
  return (
    <Public
      title={t(ready ? 'setUp.ready' : failed ? 'setUp.failed' : 'setUp.title', { company: known.company })}
      lead={ready || failed ? undefined : t('setUp.lead')}
      width={440}
    >
      <Flex vertical gap={16}>
        <ol className="stages" aria-live="polite">
          {stagesOf(known).map(({ name, state }) => (
            <li key={name} data-state={state}>
              {ICONS[state]}
              <span>{t(`setUp.stages.${name}`)}</span>
              <span className="visually-hidden">{t(`setUp.states.${state}`)}</span>
            </li>
          ))}
        </ol>
        {failed && (
          <Alert
            type="error"
            showIcon
            title={t('setUp.failedHelp')}
            description={known.failure}
            action={<Button onClick={() => void resume().catch(() => {})}>{t('setUp.again')}</Button>}
          />
        )}
        {ready && !come.alone && <Typography.Text type="secondary">{t('setUp.entering')}</Typography.Text>}
        {ready && come.alone && (
          <>
            {come.alone === 'refused' && <Alert type="info" showIcon title={t('setUp.otherPassword')} />}
            <Button type="primary" block onClick={come.bySignIn}>
              {t('signUp.signIn')}
            </Button>
          </>
        )}
      </Flex>
    </Public>
  );
}

/** Once it is ready: in with the password that was just typed; alone: the person has to sign in, and why. */
function useComeIn(known: Progress, password: string) {
  const go = useNavigate();
  const [alone, setAlone] = useState<'' | 'later' | 'refused'>(password ? '' : 'later');
  const begun = useRef(false);
  useEffect(() => {
    if (known.status !== 'ready' || !password || begun.current) return;
    begun.current = true;
    signIn(known.email, password).then(
      (said) => {
        if (isChallenge(said)) return setAlone('later');
        enter(said);
        handOver({ email: known.email, password });
        return go({ to: '/second-factor', search: { next: '/welcome' } as never, replace: true });
      },
      (error: unknown) => setAlone(error instanceof Problem && error.status === 401 ? 'refused' : 'later'),
    );
  }, [known, password, go]);
  const bySignIn = () => {
    handOver({ email: known.email });
    void go({ to: '/login', search: { next: '/welcome' } as never });
  };
  return { alone, bySignIn };
}
