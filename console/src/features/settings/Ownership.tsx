// The owner hands the company over to somebody else, and is an admin from then on.
import { Alert, Button, Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { renewed } from '@/api/tokens';
import { FormDrawer } from '@/app/FormDrawer';
import { useMe, type Schemas } from '@/app/me';
import { Loaded } from '@/app/states';
import { Section } from './Section';

type Person = Schemas['Person'];
const PEOPLE = '/v1/tenants/people';

export function Ownership() {
  const { t } = useTranslation('settings');
  const [open, setOpen] = useState(false);
  return (
    <Section title={t('ownership.title')} help={t('ownership.help')}>
      <Button onClick={() => setOpen(true)}>{t('ownership.handOver')}</Button>
      {open && <HandOver close={() => setOpen(false)} />}
    </Section>
  );
}

/** Who has to sign in anew by it, the person at this screen, does so unnoticed. */
async function handOver(body: Schemas['NewOwner']) {
  await client.PUT('/v1/tenants/ownership', { body });
  await renewed();
  await queries.invalidateQueries();
}

function HandOver({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('settings');
  const asked = api.useQuery('get', PEOPLE);
  const people = useOthers((asked.data?.data ?? []) as readonly Person[]);
  return (
    <FormDrawer<Schemas['NewOwner']>
      title={t('ownership.handOver')}
      send={t('ownership.handOverNow')}
      danger
      submit={handOver}
      close={close}
      around={(form) => <Loaded of={asked}>{form}</Loaded>}
    >
      <Alert type="warning" showIcon title={t('ownership.warning')} style={{ marginBottom: 12 }} />
      <Form.Item
        name="user_id"
        label={t('ownership.whom')}
        extra={t('ownership.whomHelp')}
        rules={[{ required: true, message: t('ownership.whomNeeded') }]}
      >
        <Select options={people} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
    </FormDrawer>
  );
}

/** Everybody else who may come in, the admins first. */
function useOthers(people: readonly Person[]) {
  const { t } = useTranslation('setup');
  const { me } = useMe();
  const rank = (one: Person) => (one.role === 'admin' ? 0 : 1);
  const role = (one: Person) => t(`people.roles.${one.role as 'admin'}`, { defaultValue: '' });
  return people
    .filter((one) => one.status === 'active' && one.user_id !== me?.user_id)
    .sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name))
    .map((one) => ({
      value: one.user_id,
      label: [one.name || one.email, one.name && one.email, role(one)].filter(Boolean).join(' · '),
    }));
}
