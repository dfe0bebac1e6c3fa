// The number that callers dial, and what answers it.
import { Link } from '@tanstack/react-router';
import { Alert, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { Schemas } from '@/app/me';
import { Loaded } from '@/app/states';

export function Number() {
  const { t } = useTranslation('welcome');
  const numbers = api.useQuery('get', '/v1/ivr/numbers');
  const flows = api.useQuery('get', '/v1/ivr/flows');
  const found = ((numbers.data as { data?: Schemas['NumberView'][] } | undefined)?.data ?? []).slice(0, 5);
  const nameOf = (id: string) =>
    (flows.data as { data?: Schemas['FlowSummary'][] } | undefined)?.data?.find((one) => one.id === id)?.name;
  return (
    <Loaded of={numbers}>
      {() => (
        <Flex vertical gap={12} align="start">
          {found.length === 0 && <Alert type="warning" showIcon title={t('number.none')} />}
          {found.map((one) => (
            <div key={one.id}>
              <Typography.Text copyable className="big-number">
                {one.id}
              </Typography.Text>
              <div className="quiet">
                {one.flow_id
                  ? t('number.answers', { flow: nameOf(one.flow_id) ?? one.flow_id })
                  : t('number.nobody')}
              </div>
              {one.line?.stands_in_for && (
                <Alert type="info" showIcon style={{ marginTop: 8 }} title={t('number.standsIn')} />
              )}
            </div>
          ))}
          <Link to="/numbers">{t('number.more')}</Link>
        </Flex>
      )}
    </Loaded>
  );
}
