// Numbers of which less is recorded than the queues say.
import { PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Popconfirm, Table, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/app/me';
import { useNames } from '@/app/Pick';
import { useTell } from '@/app/problems';
import { Nothing } from '@/app/states';
import { percent } from '@/lib/format';
import { NumberDrawer, type NumberRule } from './NumberDrawer';
import { store, without, type Rules } from './rules';

const FRESH: NumberRule = { number: '', mode: 'never', share_percent: 100, retention: '' };

export function NumberRules({ rules, may }: { readonly rules: Rules; readonly may: boolean }) {
  const { t } = useTranslation('settings');
  const { t: app } = useTranslation();
  const [open, setOpen] = useState<NumberRule | null>(null);
  const kept = useNames('/v1/routing/retention-classes');
  const said = usePolicy();
  const rows = Object.entries(rules.numbers).map(([number, policy]) => ({ number, ...policy }));
  return (
    <Flex vertical gap={8}>
      <Flex justify="space-between" align="center" gap={12}>
        <Typography.Text strong>{t('recording.byNumber')}</Typography.Text>
        {may && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setOpen(FRESH)}>
            {t('recording.addNumber')}
          </Button>
        )}
      </Flex>
      <Typography.Text type="secondary">{t('recording.byNumberHelp')}</Typography.Text>
      <Table<NumberRule>
        size="small"
        rowKey="number"
        pagination={false}
        dataSource={rows}
        locale={{ emptyText: <Nothing>{t('recording.noNumbers')}</Nothing> }}
        columns={[
          { title: t('recording.number'), dataIndex: 'number' },
          { title: t('recording.policy'), render: (_, one) => said(one) },
          {
            title: t('recording.retention'),
            render: (_, { retention }) => (retention ? kept(retention) : t('recording.retentionRule')),
          },
          {
            key: 'actions',
            align: 'right',
            render: (_, one) =>
              may && (
                <Flex gap={4} justify="end">
                  <Button size="small" onClick={() => setOpen(one)}>
                    {app('edit')}
                  </Button>
                  <Remove rules={rules} number={one.number} />
                </Flex>
              ),
          },
        ]}
      />
      {open && <NumberDrawer rules={rules} rule={open} close={() => setOpen(null)} />}
    </Flex>
  );
}

function Remove({ rules, number }: { readonly rules: Rules; readonly number: string }) {
  const { t } = useTranslation('settings');
  const { t: app } = useTranslation();
  const tell = useTell();
  return (
    <Popconfirm
      title={t('recording.removeNumberAsk', { number })}
      okText={app('delete')}
      onConfirm={() => store(rules, { numbers: without(rules.numbers, number) }).catch(tell)}
    >
      <Button size="small" danger>
        {app('delete')}
      </Button>
    </Popconfirm>
  );
}

/** A policy in words: a share by its size. */
function usePolicy(): (policy: Schemas['RecordingPolicy']) => string {
  const { t } = useTranslation('settings');
  return ({ mode, share_percent }) => t(`recording.modes.${mode}`, { share: percent(share_percent / 100) });
}
