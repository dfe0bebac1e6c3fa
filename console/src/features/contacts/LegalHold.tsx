// The legal hold of a contact: while it is on, nothing of the contact is deleted, whatever its retention says.
import { LockOutlined } from '@ant-design/icons';
import { Alert, Button, Form, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { FormDrawer } from '@/app/FormDrawer';
import { useZone } from '@/app/me';
import { useTell } from '@/app/problems';
import { useWho } from '@/app/who';
import { moment } from '@/lib/format';
import { HOLDS, holdsAgain, useHolds, useMayHold, type Hold } from './holds';

const ONE = `${HOLDS}/{contact_id}` as const;
const LONGEST = 500;

/** The hold on the contact; undefined: there is none, or the person may not know. */
export const useHoldOn = (contact: string): Hold | undefined =>
  useHolds().data?.data.find((one) => one.contact_id === contact);

/** Says that it is on, why, since when and by whom. */
export function HoldMark({ hold }: { readonly hold: Hold }) {
  const { t } = useTranslation('contacts');
  const who = useWho();
  const zone = useZone();
  return (
    <Alert
      type="warning"
      showIcon
      icon={<LockOutlined />}
      title={t('legal.held', { reason: hold.reason })}
      description={t('legal.since', { at: moment(hold.at, zone), who: who(hold.by) })}
      action={<Lift contact={hold.contact_id} />}
    />
  );
}

export function Lift({ contact }: { readonly contact: string }) {
  const { t } = useTranslation('contacts');
  const tell = useTell();
  const lift = () =>
    client
      .DELETE(ONE, { params: { path: { contact_id: contact } } })
      .then(holdsAgain)
      .catch(tell);
  return (
    <Popconfirm
      title={t('legal.liftAsk')}
      description={<div style={{ maxWidth: 320 }}>{t('legal.liftHelp')}</div>}
      okText={t('legal.lift')}
      onConfirm={lift}
    >
      <Button size="small">{t('legal.lift')}</Button>
    </Popconfirm>
  );
}

/** For a contact that is not on hold. */
export function PutOnHold({ contact }: { readonly contact: string }) {
  const { t } = useTranslation('contacts');
  const may = useMayHold();
  const known = useHolds().isSuccess;
  const [asking, setAsking] = useState(false);
  if (!may || !known) return null;
  const put = (body: { reason: string }) =>
    client.PUT(ONE, { params: { path: { contact_id: contact } }, body }).then(holdsAgain);
  return (
    <>
      <Button icon={<LockOutlined />} onClick={() => setAsking(true)}>
        {t('legal.put')}
      </Button>
      {asking && (
        <FormDrawer<{ reason: string }>
          title={t('legal.put')}
          send={t('legal.put')}
          submit={put}
          close={() => setAsking(false)}
        >
          <Alert type="info" title={t('legal.help')} style={{ marginBottom: 12 }} />
          <Form.Item
            name="reason"
            label={t('legal.reason')}
            extra={t('legal.reasonHelp')}
            rules={[{ required: true, whitespace: true, message: t('legal.reasonMissing') }]}
          >
            <Input.TextArea maxLength={LONGEST} autoSize={{ minRows: 3 }} />
          </Form.Item>
        </FormDrawer>
      )}
    </>
  );
}
