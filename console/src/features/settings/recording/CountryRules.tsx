// What the law of each country asks of whoever records, and where the company is stricter.
import { PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Input, Popconfirm, Table, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '@/app/Mark';
import { useTell } from '@/app/problems';
import { Nothing } from '@/app/states';
import { countryName } from '@/lib/countries';
import { NONE } from '@/lib/format';
import { CountryDrawer } from './CountryDrawer';
import { found, rowsOf, type CountryRow } from './countries';
import { store, without, type Rule, type Rules } from './rules';

const TONES = { free: 'good', announce: 'note', never: 'warning' } as const;

export function CountryRules({ rules, may }: { readonly rules: Rules; readonly may: boolean }) {
  const { t } = useTranslation('settings');
  const [words, setWords] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  const rows = found(rowsOf(rules, countryName), words);
  return (
    <Flex vertical gap={8}>
      <Flex justify="space-between" align="center" gap={12} wrap>
        <Typography.Text strong>{t('recording.byCountry')}</Typography.Text>
        <Flex gap={8}>
          <Input
            type="search"
            size="small"
            aria-label={t('recording.find')}
            placeholder={t('recording.find')}
            style={{ width: 220 }}
            onChange={(event) => setWords(event.target.value)}
          />
          {may && (
            <Button size="small" icon={<PlusOutlined />} onClick={() => setOpen('')}>
              {t('recording.addCountry')}
            </Button>
          )}
        </Flex>
      </Flex>
      <Typography.Text type="secondary">{t('recording.byCountryHelp')}</Typography.Text>
      <Table<CountryRow>
        size="small"
        rowKey="country"
        pagination={false}
        dataSource={rows}
        locale={{ emptyText: <Nothing>{t('recording.noCountry')}</Nothing> }}
        columns={[
          { title: t('recording.country'), dataIndex: 'name', width: 180 },
          { title: t('recording.law'), width: 200, render: (_, { law }) => <RuleMark rule={law} /> },
          { title: t('recording.source'), render: (_, one) => <Source row={one} /> },
          {
            title: t('recording.own'),
            width: 200,
            render: (_, { own }) => (own ? <RuleMark rule={own} /> : NONE),
          },
          {
            key: 'actions',
            align: 'right',
            render: (_, one) =>
              may && <Actions rules={rules} row={one} change={() => setOpen(one.country)} />,
          },
        ]}
      />
      <Typography.Text type="secondary">
        {t('recording.elsewhere', { rule: t(`recording.rules.${rules.unknown.rule}`) })}{' '}
        {t('recording.noAdvice')}
      </Typography.Text>
      {open !== null && <CountryDrawer rules={rules} country={open} close={() => setOpen(null)} />}
    </Flex>
  );
}

function RuleMark({ rule }: { readonly rule: Rule }) {
  const { t } = useTranslation('settings');
  return <Mark tone={TONES[rule]}>{t(`recording.rules.${rule}`)}</Mark>;
}

/** Acts are named as their countries name them. */
function Source({ row: { source } }: { readonly row: CountryRow }) {
  const { t } = useTranslation('settings');
  return source ? <span lang="en">{source}</span> : <>{t('recording.notInTable')}</>;
}

interface ActionsGiven {
  readonly rules: Rules;
  readonly row: CountryRow;
  readonly change: () => void;
}

function Actions({ rules, row: { country, name, own }, change }: ActionsGiven) {
  const { t } = useTranslation('settings');
  const tell = useTell();
  if (!own)
    return (
      <Button size="small" aria-label={`${name}: ${t('recording.beStricter')}`} onClick={change}>
        {t('recording.beStricter')}
      </Button>
    );
  return (
    <Popconfirm
      title={t('recording.asLawAsk', { name })}
      okText={t('recording.asLaw')}
      onConfirm={() => store(rules, { regions: without(rules.regions, country) }).catch(tell)}
    >
      <Button size="small" aria-label={`${name}: ${t('recording.asLaw')}`}>
        {t('recording.asLaw')}
      </Button>
    </Popconfirm>
  );
}
