// The flow that answers a number, chosen in its row; or none, after asking once more.
import { App, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, client } from '@/api/client';
import type { Schemas } from '@/app/me';
import { useTell } from '@/app/problems';
import { again, NUMBERS, type Owned } from './own';

const ONE = `${NUMBERS}/{number}` as const;

function useFlows() {
  const { t } = useTranslation('numbers');
  const { data } = api.useQuery('get', '/v1/ivr/flows');
  const flows = (data?.data ?? []) as unknown as readonly Schemas['FlowSummary'][];
  return flows.map(({ id, name, published }) => ({
    value: id,
    label: published ? name : t('unpublished', { name }),
  }));
}

/** Whose calls a forwarded number's are like while it has no flow of its own; "": of none. */
const targetOf = ({ line }: Owned): string => line?.forward_to ?? '';

function useAssign(number: Owned) {
  const { id, name } = number;
  const target = targetOf(number);
  const { t } = useTranslation('numbers');
  const { modal } = App.useApp();
  const tell = useTell();
  const params = { path: { number: id } };
  const give = (flow_id: string) => client.PUT(ONE, { params, body: { flow_id, name } });
  const take = () => client.DELETE(ONE, { params });
  const done = (doing: Promise<unknown>) => doing.catch(tell).finally(again);
  const asked = () =>
    modal.confirm({
      title: t(target ? 'unassignForwardedAsk' : 'unassignAsk', { number: id, target }),
      okText: t('unassign'),
      onOk: () => done(take()),
    });
  return (flow_id?: string) => void (flow_id ? done(give(flow_id)) : asked());
}

export function FlowOf({ number, fixed }: { readonly number: Owned; readonly fixed: boolean }) {
  const { t } = useTranslation('numbers');
  const flows = useFlows();
  const assign = useAssign(number);
  const target = targetOf(number);
  return (
    <Select
      aria-label={`${number.id}: ${t('flow')}`}
      allowClear={number.line !== null}
      disabled={fixed}
      value={number.flow_id || undefined}
      placeholder={target ? t('asTarget', { target }) : t('nobody')}
      onChange={assign}
      options={flows}
      style={{ width: 220 }}
    />
  );
}
