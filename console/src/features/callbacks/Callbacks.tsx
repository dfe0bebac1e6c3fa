// Callbacks: the list by queue, and a new one, now or at a time.
import { PlusOutlined } from '@ant-design/icons';
import { Alert, Button, DatePicker, Flex, Form, Input } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, queries } from '@/api/client';
import { Problem } from '@/api/problem';
import { useMay, useZone } from '@/app/me';
import { Drawer } from '@/app/Overlay';
import { Page } from '@/app/Page';
import { Pick } from '@/app/Pick';
import { useWords } from '@/app/problems';
import { nameOf } from '@/app/ThingsScreen';
import { numberIn } from '@/features/desk/targets';
import { momentIn } from '@/lib/zone';
import { Callbacks } from './CallbackList';
import { QueueFilter, useQueueFilter } from './QueueFilter';

export default function CallbacksScreen() {
  const { t } = useTranslation('callbacks');
  const may = useMay();
  const queue = useQueueFilter();
  const [open, setOpen] = useState(false);
  return (
    <Page
      title={t('callbacks')}
      actions={
        <>
          <QueueFilter />
          {may('callbacks.write') && (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
              {t('schedule')}
            </Button>
          )}
        </>
      }
    >
      <Callbacks queue={queue} />
      {open && <Schedule close={() => setOpen(false)} />}
    </Page>
  );
}

interface Given {
  readonly number: string;
  readonly queue: string;
  readonly at?: Dayjs | null;
}

function Schedule({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('callbacks');
  const { t: app } = useTranslation();
  const words = useWords();
  const zone = useZone();
  const [form] = Form.useForm<Given>();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  async function ask({ number, queue, at }: Given) {
    setBusy(true);
    try {
      const body = {
        number: numberIn(number) ?? number,
        queue,
        at: at ? momentIn(zone, at.format('YYYY-MM-DDTHH:mm:ss')) : null,
      };
      await client.POST('/v1/routing/callbacks', { body });
      await queries.invalidateQueries({ queryKey: ['get', '/v1/routing/callbacks'] });
      close();
    } catch (refused) {
      const fields = refused instanceof Problem ? refused.fields : [];
      const about = refused instanceof Problem && refused.code === 'country_not_allowed' ? '$.number' : '';
      const named = about ? [{ field: about, detail: words(refused) }] : fields;
      form.setFields(
        named.map((one) => ({ name: nameOf(one.field)[0] as keyof Given, errors: [one.detail ?? ''] })),
      );
      setError(named.length ? null : refused);
    }
    setBusy(false);
  }
  return (
    <Drawer
      open
      size={400}
      title={t('schedule')}
      onClose={close}
      footer={
        <Flex gap={8} justify="end">
          <Button onClick={close}>{app('cancel')}</Button>
          <Button type="primary" loading={busy} onClick={() => form.submit()}>
            {t('schedule')}
          </Button>
        </Flex>
      }
    >
      {error !== null && <Alert type="error" title={words(error)} style={{ marginBottom: 12 }} />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(given) => void ask(given)}>
        <Form.Item name="number" label={t('number')} extra={t('numberHelp')} rules={[{ required: true }]}>
          <Input type="tel" autoFocus autoComplete="off" />
        </Form.Item>
        <Form.Item name="queue" label={t('queue')} rules={[{ required: true }]}>
          <Pick from="/v1/routing/queues" />
        </Form.Item>
        <Form.Item name="at" label={t('at')} extra={t('atHelp', { zone: zone.replaceAll('_', ' ') })}>
          <DatePicker showTime={{ format: 'HH:mm', minuteStep: 5 }} style={{ width: '100%' }} />
        </Form.Item>
      </Form>
    </Drawer>
  );
}
