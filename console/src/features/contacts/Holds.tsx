// Every contact on legal hold: why, since when, by whom.
import { Link } from '@tanstack/react-router';
import { Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMay, useZone } from '@/app/me';
import { Page } from '@/app/Page';
import { Rows } from '@/app/Rows';
import { useWho } from '@/app/who';
import { moment } from '@/lib/format';
import { useHolds, type Hold } from './holds';
import { Lift } from './LegalHold';

export default function Holds() {
  const { t } = useTranslation('contacts');
  const zone = useZone();
  const who = useWho();
  const asked = useHolds();
  const leads = useMay()('contacts.read');
  const rows = [...(asked.data?.data ?? [])].sort((one, other) => other.at - one.at);
  return (
    <Page title={t('legal.title')}>
      <Typography.Text type="secondary">{t('legal.help')}</Typography.Text>
      <Rows<Hold>
        of={asked}
        rowKey="contact_id"
        rows={rows}
        empty={t('legal.none')}
        action={leads && <Link to="/contacts">{t('legal.toContacts')}</Link>}
        columns={[
          { title: t('legal.reason'), render: (_, one) => <Reason hold={one} /> },
          { title: t('legal.by'), render: (_, one) => who(one.by) },
          { title: t('legal.at'), render: (_, one) => moment(one.at, zone) },
          { key: 'actions', align: 'right', render: (_, one) => <Lift contact={one.contact_id} /> },
        ]}
      />
    </Page>
  );
}

/** Leads to the contact, where there is more to do. */
function Reason({ hold: { contact_id: id, reason } }: { readonly hold: Hold }) {
  const leads = useMay()('contacts.read');
  return (
    <>
      {leads ? (
        <Link to="/contacts/$id" params={{ id }}>
          {reason}
        </Link>
      ) : (
        reason
      )}
      <div className="under">{id}</div>
    </>
  );
}
