// The owner closes the company's account, takes that back within the window, or has everything erased at once.
import { Alert, Button, Flex, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { useMay, useMe, useZone } from '@/app/me';
import { useTell } from '@/app/problems';
import { Loaded } from '@/app/states';
import { moment } from '@/lib/format';
import { Erase } from './Erase';
import { Section } from './Section';
import { TypedOnce } from './TypedOnce';

const CLOSURE = '/v1/tenants/closure';

/** What may be done is another thing from now on. */
const again = () => queries.invalidateQueries();

export function Closing() {
  const { t } = useTranslation('settings');
  const asked = api.useQuery('get', CLOSURE);
  return (
    <Section title={t('closing.title')} help={t('closing.help')}>
      <Loaded of={asked}>
        {() => (asked.data?.status === 'closing' ? <Window until={asked.data.closes_at} /> : <Open />)}
      </Loaded>
    </Section>
  );
}

function Open() {
  const { t } = useTranslation('settings');
  const { me } = useMe();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {t('closing.close')}
      </Button>
      {open && (
        <TypedOnce
          title={t('closing.close')}
          warning={t('closing.warning')}
          wanted={me?.tenant.name ?? ''}
          submit={(body) => client.POST(CLOSURE, { body }).then(again)}
          close={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** While it is closing: until when it can be taken back. */
function Window({ until }: { readonly until: number | null }) {
  const { t } = useTranslation('settings');
  const zone = useZone();
  const tell = useTell();
  const mayErase = useMay()('tenant.erase');
  return (
    <Flex vertical gap={12} align="start">
      <Alert type="warning" showIcon title={t('closing.until', { until: moment(until, zone) })} />
      <Flex gap={8} wrap>
        <Popconfirm
          title={t('closing.reopenAsk')}
          okText={t('closing.reopen')}
          onConfirm={() => client.DELETE(CLOSURE).then(again).catch(tell)}
        >
          <Button type="primary">{t('closing.reopen')}</Button>
        </Popconfirm>
        {mayErase && <Erase />}
      </Flex>
    </Flex>
  );
}
