// Links for televisions: made, shown once, ended.
import { Alert, Button, Flex, Form, Input, InputNumber, Popconfirm, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { useZone } from '@/app/me';
import { Drawer } from '@/app/Overlay';
import { useTell } from '@/app/problems';
import { Rows } from '@/app/Rows';
import { moment } from '@/lib/format';

const AT = '/v1/analytics/boards/{entity_id}/links';

export function Links({ board, close }: { readonly board: string; readonly close: () => void }) {
  const { t } = useTranslation('wallboards');
  const zone = useZone();
  const tell = useTell();
  const [form] = Form.useForm<{ name: string; days: number }>();
  const [made, setMade] = useState('');
  const [busy, setBusy] = useState(false);
  const params = { path: { entity_id: board } };
  const asked = api.useQuery('get', AT, { params });
  const again = () => queries.invalidateQueries({ queryKey: ['get', AT] });
  async function make(body: { name: string; days: number }) {
    setBusy(true);
    await client.POST(AT, { params, body }).then(({ data }) => {
      if (data) setMade(`${location.origin}/tv#${data.secret}`);
      form.resetFields();
    }, tell);
    await again();
    setBusy(false);
  }
  const end = (link: string) =>
    client
      .DELETE('/v1/analytics/boards/{entity_id}/links/{link_id}', {
        params: { path: { entity_id: board, link_id: link } },
      })
      .then(again, tell);
  return (
    <Drawer open size={520} title={t('links')} onClose={close}>
      <Flex vertical gap={12}>
        <Typography.Text type="secondary">{t('linksHelp')}</Typography.Text>
        <Form
          form={form}
          layout="inline"
          initialValues={{ name: '', days: 30 }}
          onFinish={(given) => void make(given)}
        >
          <Form.Item name="name" label={t('screen')} rules={[{ required: true, message: t('screenNeeded') }]}>
            <Input maxLength={80} style={{ width: 160 }} />
          </Form.Item>
          <Form.Item name="days" label={t('days')}>
            <InputNumber min={1} max={366} style={{ width: 72 }} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>
            {t('makeLink')}
          </Button>
        </Form>
        {made && (
          <Alert
            type="success"
            title={t('shownOnce')}
            description={
              <Typography.Text copyable code data-link>
                {made}
              </Typography.Text>
            }
          />
        )}
        <Rows
          of={asked}
          rows={asked.data?.data}
          empty={t('noLinks')}
          columns={[
            { title: t('screen'), dataIndex: 'name' },
            { title: t('until'), render: (_, one) => moment(one.expires_at, zone) },
            {
              key: 'actions',
              align: 'right',
              render: (_, one) => (
                <Popconfirm
                  title={t('endAsk', { name: one.name })}
                  okText={t('end')}
                  onConfirm={() => end(one.id)}
                >
                  <Button size="small" danger>
                    {t('end')}
                  </Button>
                </Popconfirm>
              ),
            },
          ]}
        />
      </Flex>
    </Drawer>
  );
}
