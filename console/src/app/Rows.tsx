// What a question answered, as a table: its four states, and more of it on request.
import { Button, Flex, Table, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded, Nothing, type Asked } from './states';

interface Given<T> extends Omit<TableProps<T>, 'dataSource' | 'locale' | 'size' | 'pagination'> {
  readonly of: Asked & { readonly hasNextPage?: boolean; readonly fetchNextPage?: () => unknown };
  readonly rows?: readonly T[];
  /** What is said when there are none, and the next step then. */
  readonly empty?: ReactNode;
  readonly action?: ReactNode;
}

export function Rows<T extends object>({ of, rows = [], empty, action, rowKey = 'id', ...table }: Given<T>) {
  const { t } = useTranslation();
  return (
    <Loaded of={of}>
      {() => (
        <Flex vertical gap={12} align="start">
          <Table<T>
            {...table}
            size="small"
            rowKey={rowKey}
            pagination={false}
            style={{ width: '100%', ...table.style }}
            dataSource={rows}
            locale={{ emptyText: <Nothing action={action}>{empty}</Nothing> }}
          />
          {of.hasNextPage && <Button onClick={() => void of.fetchNextPage?.()}>{t('more')}</Button>}
        </Flex>
      )}
    </Loaded>
  );
}
