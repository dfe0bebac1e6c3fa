// One's own password, and whether signing in asks for a code besides.
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { client, queries } from '@/api/client';
import { useSession } from '@/api/tokens';
import { FormDrawer } from '@/app/FormDrawer';
import { useMe, type Schemas } from '@/app/me';
import { NewPassword } from '@/features/public/NewPassword';

type Change = Schemas['PasswordChange'];

export function OwnSecurity({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('session');
  const go = useNavigate();
  async function change(body: Change) {
    await client.PUT('/v1/tenants/me/password', { body });
    await go({ to: '/login', search: { after: 'reset' } as never });
    useSession.getState().keep(null);
    queries.clear();
  }
  return (
    <FormDrawer<Change>
      title={t('own.title')}
      send={t('own.change')}
      requiredMark={false}
      submit={change}
      close={close}
      around={(form) => (
        <>
          <Factor />
          {form()}
        </>
      )}
    >
      <Alert type="info" title={t('own.everywhere')} style={{ marginBottom: 12 }} />
      <Form.Item name="password" label={t('own.present')} rules={[{ required: true, message: t('needed') }]}>
        <Input.Password autoComplete="current-password" maxLength={256} />
      </Form.Item>
      <NewPassword name="new_password" label={t('own.next')} />
    </FormDrawer>
  );
}

function Factor() {
  const { t } = useTranslation('session');
  const { me } = useMe();
  const go = useNavigate();
  const next = useRouterState({ select: (state) => state.location.href });
  const setUp = (
    <Button size="small" onClick={() => void go({ to: '/second-factor', search: { next } as never })}>
      {t('own.setUp')}
    </Button>
  );
  const said = me?.second_factor
    ? ({ type: 'success', title: t('own.factorOn'), description: t('own.factorOnHelp') } as const)
    : ({
        type: 'warning',
        title: t('own.factorOff'),
        description: t('own.factorOffHelp'),
        action: setUp,
      } as const);
  return <Alert showIcon {...said} style={{ marginBottom: 16 }} />;
}
