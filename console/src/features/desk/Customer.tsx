// Who is calling, no later than the ring: name, tier, tags, last score, what the menu learned.
import { Link } from '@tanstack/react-router';
import { Card, Descriptions, Flex, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Mark } from '@/app/Mark';
import { useMay } from '@/app/me';
import { languageName, NONE } from '@/lib/format';
import type { Work } from './useDesk';

export function Customer({ work }: { readonly work: Work }) {
  const { t } = useTranslation('desk');
  const who = work.customer;
  const may = useMay()('customers.read');
  const learned = Object.entries(who.attributes ?? {});
  return (
    <Card size="small" title={t('customer')}>
      <Flex vertical gap={8}>
        <Flex gap={8} align="center" wrap>
          <Typography.Text strong style={{ fontSize: 16 }}>
            {who.customer_id && may ? (
              <Link to="/customers/$id" params={{ id: who.customer_id }}>
                {who.name || who.number}
              </Link>
            ) : (
              who.name || t('unknownCaller')
            )}
          </Typography.Text>
          {who.tier && <Mark tone="warning">{who.tier}</Mark>}
          {who.tags.map((tag) => (
            <Mark key={tag}>{tag}</Mark>
          ))}
          {!who.known && <Mark>{t('newCaller')}</Mark>}
        </Flex>
        <Descriptions
          size="small"
          column={2}
          items={[
            {
              key: 'number',
              label: t('number'),
              children: <Typography.Text copyable>{who.number}</Typography.Text>,
            },
            { key: 'language', label: t('spoken'), children: languageName(who.language) },
            { key: 'score', label: t('lastScore'), children: who.last_score ?? NONE },
            ...learned.map(([key, value]) => ({ key, label: key, children: value })),
          ]}
        />
      </Flex>
    </Card>
  );
}
