// The customer's last contacts.
import { Card, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCodes } from '@/app/codes';
import { useZone } from '@/app/me';
import { Nothing } from '@/app/states';
import { moment } from '@/lib/format';
import type { Work } from './useDesk';

export function History({ work }: { readonly work: Work }) {
  const { t } = useTranslation('desk');
  const zone = useZone();
  const codes = useCodes();
  const last = work.customer.last_contacts;
  const items = last.map((one) => ({
    key: one.contact_id,
    content: (
      <>
        {moment(one.started_at, zone)}
        <br />
        {[
          t(`outcomes.${one.outcome as 'completed'}`, { defaultValue: one.outcome }),
          codes.disposition(one.disposition),
        ]
          .filter(Boolean)
          .join(' · ')}
      </>
    ),
  }));
  return (
    <Card size="small" title={t('history')}>
      {items.length ? <Timeline items={items} /> : <Nothing>{t('noHistory')}</Nothing>}
    </Card>
  );
}
