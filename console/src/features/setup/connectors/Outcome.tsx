// What came of a trial: where the call would go on, each field with its value, and the answer as it came.
import { Alert, Flex, Input, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/app/me';
import { count, NONE } from '@/lib/format';
import { pretty } from '@/lib/json';
import type { Connector } from './Connectors';

type Tried = Schemas['Tried'];
const TYPES = { found: 'success', not_found: 'info', failed: 'warning' } as const;
type Ends = keyof typeof TYPES;
const LINES = 16;

export function Outcome({ tried, connector }: { readonly tried: Tried; readonly connector: Connector }) {
  const { t } = useTranslation('connectors');
  const outcome = tried.outcome as Ends;
  const mapped = Object.entries(connector.fields).map(([attribute, path]) => ({
    attribute,
    path,
    value: tried.attributes[attribute] ?? NONE,
  }));
  return (
    <Flex vertical gap={12} aria-live="polite">
      <Alert
        type={TYPES[outcome]}
        showIcon
        title={t(`outcomes.${outcome}`)}
        description={<Why tried={tried} />}
      />
      <Table
        size="small"
        rowKey="attribute"
        pagination={false}
        dataSource={mapped}
        columns={[
          { title: t('attribute'), dataIndex: 'attribute' },
          { title: t('path'), dataIndex: 'path' },
          { title: t('value'), dataIndex: 'value' },
        ]}
      />
      {tried.answer && (
        <Input.TextArea
          readOnly
          aria-label={t('try.answer')}
          value={pretty(tried.answer)}
          autoSize={{ maxRows: LINES }}
          style={{ fontFamily: 'monospace', fontSize: 12 }}
        />
      )}
    </Flex>
  );
}

const REASONS = [
  'address_refused',
  'timeout',
  'tls',
  'not_http',
  'connection',
  'name_not_found',
  'not_json',
] as const;

function Why({ tried: { status, reason, latency_ms } }: { readonly tried: Tried }) {
  const { t } = useTranslation('connectors');
  const known = REASONS.find((one) => one === reason);
  const took = t('try.took', { ms: count(latency_ms) });
  return [known && t(`reasons.${known}`), status > 0 && t('try.status', { status }), took].filter(Boolean).join(' ');
}
