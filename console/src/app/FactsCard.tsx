// A card of facts: what each is called, and what it is.
import { Card, Descriptions } from 'antd';
import type { ReactNode } from 'react';

interface Given {
  readonly title: string;
  readonly facts: readonly { readonly key: string; readonly label: string; readonly children: ReactNode }[];
}

export function FactsCard({ title, facts }: Given) {
  return (
    <Card size="small" title={title}>
      <Descriptions size="small" column={1} items={[...facts]} />
    </Card>
  );
}
