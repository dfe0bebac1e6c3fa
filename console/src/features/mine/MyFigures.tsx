// My day in figures: contacts, times, scores; as exact as the reports, a minute behind.
import { Card, Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useMay } from '@/app/me';
import { Loaded } from '@/app/states';
import { SHOWN, written } from './figures';

const RENEWED_MS = 120_000;

export function MyFigures({ from = '', to = '' }: { readonly from?: string; readonly to?: string }) {
  const { t } = useTranslation('mine');
  const may = useMay();
  const query = { ...(from && { from }), ...(to && { to }) };
  const asked = api.useQuery(
    'get',
    '/v1/analytics/me/report',
    { params: { query } },
    { enabled: may('reports.own'), refetchInterval: RENEWED_MS },
  );
  if (!may('reports.own')) return null;
  return (
    <Card size="small" title={t(from ? 'figures' : 'today')}>
      <Loaded of={asked}>
        {() => (
          <Descriptions
            size="small"
            column={1}
            items={SHOWN.map((name) => ({
              key: name,
              label: t(`measures.${name}`),
              children: asked.data && written(asked.data, name),
            }))}
          />
        )}
      </Loaded>
    </Card>
  );
}
