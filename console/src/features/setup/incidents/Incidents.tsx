// Known incidents: what callers whom it concerns hear before they wait, and agents see beside the call.
import { useTranslation } from 'react-i18next';
import { Button, Popconfirm } from 'antd';
import { serverNow } from '@/api/clock';
import { Mark } from '@/app/Mark';
import { useMay, useZone, type Schemas } from '@/app/me';
import { useNames } from '@/app/Pick';
import { useTell } from '@/app/problems';
import { ThingsScreen } from '@/app/ThingsScreen';
import { moment, NONE } from '@/lib/format';
import { store } from '@/lib/things';
import { useNow } from '@/lib/useNow';
import { IncidentFields } from './IncidentFields';
import { ended } from './ended';

export type Incident = Schemas['Incident'];
const INCIDENTS = '/v1/ivr/incidents';

export default function Incidents() {
  const { t } = useTranslation('setup');
  const zone = useZone();
  return (
    <ThingsScreen<Incident>
      path={INCIDENTS}
      write="flows.write"
      title={t('incidents.title')}
      empty={t('incidents.empty')}
      fresh={{ name: '', text: {}, queues: [], numbers: [], variable: '', values: [], until: null }}
      kept={['posted_at']}
      columns={[
        { title: t('name'), dataIndex: 'name' },
        { title: t('incidents.whom'), render: (_, one) => <Whom incident={one} /> },
        {
          title: t('incidents.posted'),
          dataIndex: 'posted_at',
          render: (at: number) => moment(at || null, zone),
        },
        { title: t('incidents.state'), render: (_, one) => <State incident={one} /> },
        { key: 'end', align: 'right', render: (_, one) => <End incident={one} /> },
      ]}
      fields={<IncidentFields />}
    />
  );
}

function Whom({ incident: { queues, numbers, variable, values } }: { readonly incident: Incident }) {
  const { t } = useTranslation('setup');
  const nameOf = useNames('/v1/routing/queues');
  const parts = [
    queues.length > 0 && t('incidents.inQueues', { queues: queues.map(nameOf).join(', ') }),
    numbers.length > 0 && t('incidents.byNumbers', { numbers: numbers.join(', ') }),
    variable && t('incidents.having', { variable, values: values.join(', ') }),
  ].filter(Boolean);
  return parts.length ? parts.join(' · ') : t('incidents.everybody');
}

function State({ incident }: { readonly incident: Incident }) {
  const { t } = useTranslation('setup');
  const zone = useZone();
  const now = useNow(1_000);
  const until = incident.until === null ? NONE : moment(incident.until, zone);
  if (ended(incident, now)) return <Mark>{t('incidents.ended', { at: until })}</Mark>;
  return (
    <Mark tone="warning">{incident.until === null ? t('incidents.on') : t('incidents.onUntil', { until })}</Mark>
  );
}

/** Nobody hears it from now on; it stays in the list and can be told again. */
function End({ incident }: { readonly incident: Incident }) {
  const { t } = useTranslation('setup');
  const tell = useTell();
  const may = useMay()('flows.write');
  const now = useNow(1_000);
  if (!may || ended(incident, now)) return null;
  const { posted_at: _, ...text } = incident;
  return (
    <Popconfirm
      title={t('incidents.endAsk', { name: incident.name })}
      okText={t('incidents.end')}
      onConfirm={() => store<Incident>(INCIDENTS, { ...text, until: serverNow() }).catch(tell)}
    >
      <Button size="small">{t('incidents.end')}</Button>
    </Popconfirm>
  );
}
