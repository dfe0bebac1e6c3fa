// The tenant's flows.
import { PlusOutlined } from '@ant-design/icons';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { Mark } from '@/app/Mark';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
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
  const [archive, setArchive] = useState(false);
  const flows = (asked.data?.data ?? []) as Summary[];
  const create = may && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setNaming(true)}>
      {t('create')}
    </Button>
  );
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {flows.some((one) => one.archived) && (
            <Checkbox checked={archive} onChange={(event) => setArchive(event.target.checked)}>
              {t('showArchived')}
            </Checkbox>
          )}
          {create}
        </>
      }
    >
      <Rows<Summary>
        of={asked}
        rows={flows.filter((one) => archive || !one.archived)}
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
              flow.archived ? (
                <Mark tone="warning">{t('archived')}</Mark>
              ) : flow.published ? (
                <Mark tone="good">{t('published', { number: flow.published })}</Mark>
              ) : (
                <Mark>{t('notPublished')}</Mark>
              ),
          },
          { title: t('latest'), dataIndex: 'latest', align: 'right' },
          ...(may
            ? [
                {
                  key: 'actions',
                  align: 'right' as const,
                  render: (_: unknown, flow: Summary) => <Archive flow={flow} />,
                },
              ]
            : []),
        ]}
      />
      {naming && <Create close={() => setNaming(false)} />}
    </Page>
  );
}

/** Out of the lists with all its versions, or back; what callers can reach is not archived. */
function Archive({ flow }: { readonly flow: Summary }) {
  const { t } = useTranslation('flows');
  const tell = useTell();
  const [busy, setBusy] = useState(false);
  async function turn() {
    setBusy(true);
    const params = { path: { flow_id: flow.id } };
    await client
      .PUT('/v1/ivr/flows/{flow_id}/archived', { params, body: { archived: !flow.archived } })
      .then(() => queries.invalidateQueries({ queryKey: ['get', '/v1/ivr/flows'] }), tell);
    setBusy(false);
  }
  return (
    <Button size="small" loading={busy} onClick={() => void turn()}>
      {t(flow.archived ? 'restore' : 'archive')}
    </Button>
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
