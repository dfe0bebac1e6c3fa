// Setting up the second factor: the authenticator scans a picture, a code of it proves that it did.
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { Alert, Button, Form, Input, QRCode, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, queries } from '@/api/client';
import { renewed, useSession } from '@/api/tokens';
import { ownPage } from '@/features/public/enter';
import { handedOver, handOver } from '@/features/public/handOver';
import { useSubmit } from '@/app/useSubmit';
import { light } from '@/theme/tokens';
import { Public } from './Public';

const PATH = '/v1/tenants/me/second-factor';
interface Begun {
  readonly password: string;
  readonly secret: string;
  readonly uri: string;
}

export default function SecondFactor() {
  const { t } = useTranslation('session');
  const signedIn = useSession((session) => session.tokens !== null);
  const [begun, setBegun] = useState<Begun | null>(null);
  if (!signedIn) return <Navigate to="/login" search={{ next: '/second-factor' }} replace />;
  return (
    <Public title={t('factor.title')} lead={t('factor.why')} width={460}>
      {begun ? <Prove begun={begun} /> : <Begin done={setBegun} />}
    </Public>
  );
}

async function begin(password: string): Promise<Begun> {
  const { data } = await client.POST(PATH, { body: { password } });
  return { password, ...(data as { secret: string; uri: string }) };
}

/** Whoever has just typed their password is not asked again. */
function Begin({ done }: { readonly done: (begun: Begun) => void }) {
  const { t } = useTranslation('session');
  const [form] = Form.useForm<{ password: string }>();
  const { trouble, busy, submit } = useSubmit({ form, say: () => t('wrongPassword') });
  const [asks, setAsks] = useState(!handedOver().password);
  useEffect(() => {
    const { password } = handedOver();
    handOver({});
    if (password) void begin(password).then(done, () => setAsks(true));
  }, [done]);
  if (!asks) return <Typography.Paragraph aria-busy>{t('factor.preparing')}</Typography.Paragraph>;
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      onFinish={({ password }) => submit(async () => done(await begin(password)))}
    >
      {trouble && <Alert type="error" title={trouble} style={{ marginBottom: 12 }} />}
      <Form.Item name="password" label={t('password')} rules={[{ required: true, message: t('needed') }]}>
        <Input.Password autoComplete="current-password" autoFocus />
      </Form.Item>
      <Button block type="primary" htmlType="submit" loading={busy}>
        {t('confirm')}
      </Button>
    </Form>
  );
}

function Prove({ begun }: { readonly begun: Begun }) {
  const { t } = useTranslation('session');
  const [form] = Form.useForm<{ code: string }>();
  const { trouble, busy, submit } = useSubmit({ form, say: () => t('wrongCode') });
  const go = useNavigate();
  const { next } = useSearch({ strict: false }) as { next?: string };
  async function prove({ code }: { code: string }) {
    const body = { password: begun.password, code: code.replaceAll(' ', '') };
    await client.PUT(PATH, { body });
    await renewed();
    queries.clear();
    await go({ to: ownPage(next), replace: true });
  }
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={(given) => submit(() => prove(given))}>
      {trouble && <Alert type="error" title={trouble} style={{ marginBottom: 12 }} />}
      <div className="qr">
        <QRCode
          type="svg"
          value={begun.uri}
          size={168}
          color={light.text}
          bgColor={light.panel}
          aria-label={t('factor.picture')}
        />
        <ol style={{ margin: 0, paddingInlineStart: 16 }}>
          <li>{t('factor.open')}</li>
          <li>{t('factor.scan')}</li>
          <li>{t('factor.type')}</li>
        </ol>
      </div>
      <Typography.Paragraph type="secondary" style={{ margin: '12px 0' }}>
        {t('factor.byHand')}{' '}
        <Typography.Text code copyable className="secret">
          {begun.secret}
        </Typography.Text>
      </Typography.Paragraph>
      <Form.Item name="code" label={t('code')} rules={[{ required: true, message: t('needed') }]}>
        <Input inputMode="numeric" autoComplete="one-time-code" autoFocus maxLength={16} />
      </Form.Item>
      <Button block type="primary" htmlType="submit" loading={busy}>
        {t('confirm')}
      </Button>
    </Form>
  );
}
