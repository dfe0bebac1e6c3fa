// A list of work of queues, the oldest first: who asks, in which queue, what is peculiar to its kind, how it stands, what can be done.
import type { TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asked } from '@/app/states';
import { useNames } from '@/app/Pick';
import { Rows } from '@/app/Rows';

/** How a list is shown. small: beside a call, without what can be looked up on the screen of its own. */
export interface Shown {
  readonly small?: boolean;
  readonly queue?: string;
}
interface Work {
  readonly id: string;
  readonly customer_name: string;
  readonly number: string;
  readonly queue: string;
}
interface Given<T extends Work> {
  readonly of: Asked & { readonly data?: { readonly data: readonly T[] } };
  readonly small: boolean;
  readonly empty: string;
  readonly who: string;
  readonly facts: TableColumnsType<T>;
  readonly actions: (one: T) => ReactNode;
}

/** What is asked for of a queue, "" = of all. */
export const asking = (queue: string) => ({ params: { query: { limit: 200, ...(queue && { queue }) } } });

export function WorkList<T extends Work>({ of, small, empty, who, facts, actions }: Given<T>) {
  const { t } = useTranslation('callbacks');
  const queueName = useNames('/v1/routing/queues');
  return (
    <Rows<T>
      of={of}
      rows={of.data?.data}
      empty={empty}
      showHeader={!small}
      scroll={{ y: small ? 180 : 'calc(100vh - 260px)' }}
      columns={[
        {
          title: who,
          render: (_, one) => (
            <>
              {one.customer_name || one.number || t('withheld')}
              {one.customer_name && !small && <div className="under">{one.number}</div>}
            </>
          ),
        },
        ...(small ? [] : [{ title: t('queue'), render: (_: unknown, one: T) => queueName(one.queue) }]),
        ...facts,
        { key: 'actions', align: 'right', render: (_, one) => actions(one) },
      ]}
    />
  );
}
