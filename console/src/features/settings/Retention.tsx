// How long recordings and contacts are kept before they are deleted.
import { Link } from '@tanstack/react-router';
import { Alert, Button, Checkbox, Descriptions, Form, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '@/api/client';
import { FormDrawer } from '@/app/FormDrawer';
import type { Schemas } from '@/app/me';
import { Loaded } from '@/app/states';
import { count } from '@/lib/format';
import { Section } from './Section';
import { shorter } from './shorter';
import { over, thenRead } from './stored';

const RETENTION = '/v1/tenants/retention';
const KINDS = ['recordings_days', 'contacts_days'] as const;
const [LEAST, MOST] = [1, 3650]; // as the server has it
type Kept = Schemas['Kept'];
type Days = Record<(typeof KINDS)[number], number | null>;

export function Retention() {
  const { t } = useTranslation('settings');
  const asked = api.useQuery('get', RETENTION);
  const [open, setOpen] = useState(false);
  const change = asked.data && (
    <Button size="small" onClick={() => setOpen(true)}>
      {t('change')}
    </Button>
  );
  return (
    <Section title={t('keeping.title')} help={t('keeping.help')} actions={change}>
      <Loaded of={asked}>{() => asked.data && <Shown kept={asked.data} />}</Loaded>
      <Link to="/retention-classes">{t('keeping.classes')}</Link>
      {open && asked.data && <Change kept={asked.data} close={() => setOpen(false)} />}
    </Section>
  );
}

function Shown({ kept }: { readonly kept: Kept }) {
  const { t } = useTranslation('settings');
  const said = (days: number | null) =>
    days === null ? t('keeping.always') : t('keeping.days', { count: days, days: count(days) });
  const items = KINDS.map((kind) => ({
    key: kind,
    label: t(`keeping.${kind}`),
    children: said(kept[kind]),
  }));
  return <Descriptions size="small" column={1} items={items} />;
}

function Change({ kept, close }: { readonly kept: Kept; readonly close: () => void }) {
  const { t } = useTranslation('settings');
  const save = ({ recordings_days, contacts_days }: Days) => {
    const body = { recordings_days: recordings_days ?? null, contacts_days: contacts_days ?? null };
    return thenRead(RETENTION, client.PUT(RETENTION, { params: over(kept.version), body }));
  };
  const { recordings_days, contacts_days } = kept;
  return (
    <FormDrawer<Days>
      title={t('keeping.title')}
      initialValues={{ recordings_days, contacts_days }}
      submit={save}
      close={close}
      requiredMark={false}
    >
      {KINDS.map((kind) => (
        <DaysField key={kind} kind={kind} />
      ))}
      <Sure kept={kept} />
    </FormDrawer>
  );
}

function DaysField({ kind }: { readonly kind: (typeof KINDS)[number] }) {
  const { t } = useTranslation('settings');
  const { t: app } = useTranslation();
  const message = app('range', { least: count(LEAST), most: count(MOST) });
  return (
    <Form.Item
      name={kind}
      label={t(`keeping.${kind}`)}
      extra={t(`keeping.${kind}_help`)}
      rules={[{ type: 'number', min: LEAST, max: MOST, message }]}
    >
      <InputNumber precision={0} suffix={t('keeping.unit')} style={{ width: 180 }} />
    </Form.Item>
  );
}

/** Asked for where something would be deleted that is kept now. */
function Sure({ kept }: { readonly kept: Kept }) {
  const { t } = useTranslation('settings');
  const recordings = Form.useWatch<number | null | undefined>('recordings_days');
  const contacts = Form.useWatch<number | null | undefined>('contacts_days');
  if (!shorter(kept.recordings_days, recordings) && !shorter(kept.contacts_days, contacts)) return null;
  const agreed = (_: unknown, sure?: boolean) =>
    sure ? Promise.resolve() : Promise.reject(new Error(t('keeping.sureNeeded')));
  return (
    <>
      <Alert type="warning" showIcon title={t('keeping.shorter')} style={{ marginBottom: 12 }} />
      <Form.Item name="sure" valuePropName="checked" rules={[{ validator: agreed }]}>
        <Checkbox>{t('keeping.sure')}</Checkbox>
      </Form.Item>
    </>
  );
}
