// Whom to transfer to or consult: a queue, an agent or a number.
import { Button, Drawer, Flex, Form, Input, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { Schemas } from '@/app/me';
import { Loaded } from '@/app/states';
import type { CallControl, To } from './useCallControl';

export type Purpose = 'transfer' | 'consult';
interface Given {
  readonly purpose: Purpose;
  readonly control: CallControl;
  readonly close: () => void;
}

export function TargetPicker({ purpose, control, close }: Given) {
  const { t } = useTranslation('desk');
  const choose = (to: To) => {
    close();
    void (purpose === 'transfer' ? control.transfer(to) : control.invite(to, 'consult'));
  };
  return (
    <Drawer open size={400} title={t(purpose)} onClose={close}>
      <Flex vertical gap={16}>
        <ByNumber choose={choose} purpose={purpose} />
        <Queues choose={choose} />
      </Flex>
    </Drawer>
  );
}

function ByNumber({ choose, purpose }: { readonly choose: (to: To) => void; readonly purpose: Purpose }) {
  const { t } = useTranslation('desk');
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      onFinish={({ id }: { id: string }) => choose({ kind: 'number', id: id.replace(/[\s()-]/g, '') })}
    >
      <Form.Item name="id" label={t('number')} rules={[{ required: true }]} extra={t('numberHelp')}>
        <Input type="tel" autoFocus />
      </Form.Item>
      <Button htmlType="submit">{t(purpose)}</Button>
    </Form>
  );
}

function Queues({ choose }: { readonly choose: (to: To) => void }) {
  const { t } = useTranslation('desk');
  const asked = api.useQuery('get', '/v1/routing/queues');
  const queues = (asked.data?.data ?? []) as Schemas['Queue'][];
  return (
    <div>
      <Typography.Text strong>{t('queues')}</Typography.Text>
      <Loaded of={asked}>
        {() => (
          <ul className="choices">
            {queues.map((queue) => (
              <li key={queue.id}>
                <button
                  type="button"
                  className="option"
                  onClick={() => choose({ kind: 'queue', id: queue.id })}
                >
                  {queue.name}
                </button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </div>
  );
}
