// The tenant's flows.
import { PlusOutlined } from '@ant-design/icons';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Mark } from '@/app/Mark';
import { useTranslation } from 'react-i18next';
import { api, client } from '@/api/client';
import { useMay, type Schemas } from '@/app/me';
import { Modal } from '@/app/Overlay';
import { Page } from '@/app/Page';
import { useTell } from '@/app/problems';
import { Rows } from '@/app/Rows';

type Summary = Schemas['FlowSummary'];

export default function Flows() {
  const { t } = useTranslation('flows');
  const asked = api.useQuery('get', '/v1/ivr/flows');
  const may = useMay()('flows.write');
  const [naming, setNaming] = useState(false);
  const create = may && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setNaming(true)}>
      {t('create')}
    </Button>
  );
  return (
    <Page title={t('title')} actions={create}>
      <Rows<Summary>
        of={asked}
        rows={asked.data?.data as Summary[]}
        empty={t('empty')}
        action={create}
        columns={[
          {
            title: t('name'),
            render: (_, flow) => (
              <Link to="/flows/$id" params={{ id: flow.id }}>
                {flow.name}
              </Link>
            ),
          },
          {
            title: t('status'),
            render: (_, flow) =>
              flow.published ? (
                <Mark tone="good">{t('published', { number: flow.published })}</Mark>
              ) : (
                <Mark>{t('notPublished')}</Mark>
              ),
          },
          { title: t('latest'), dataIndex: 'latest', align: 'right' },
        ]}
      />
      {naming && <Create close={() => setNaming(false)} />}
    </Page>
  );
}

function Create({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('flows');
  const go = useNavigate();
  const tell = useTell();
  const [form] = Form.useForm<{ name: string }>();
  const [busy, setBusy] = useState(false);
  async function create({ name }: { name: string }) {
    const document = { languages: ['en-US', 'zh-CN'], start: 'bye', nodes: { bye: { type: 'hang_up' } } };
    const { data } = await client.POST('/v1/ivr/flows', { body: { name, document: document as never } });
    await go({ to: '/flows/$id', params: { id: (data as Schemas['FlowView']).id } as never });
  }
  async function once(given: { name: string }) {
    setBusy(true);
    await create(given).catch(tell);
    setBusy(false);
  }
  return (
    <Modal open title={t('create')} onCancel={close} onOk={() => form.submit()} confirmLoading={busy}>
      <Form form={form} layout="vertical" onFinish={(given) => void once(given)}>
        <Form.Item name="name" label={t('name')} rules={[{ required: true }]}>
          <Input maxLength={120} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
