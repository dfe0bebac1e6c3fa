// One thing that is set: what it is about, how it stands, and the way to change it.
import { Card, Typography } from 'antd';
import type { ReactNode } from 'react';

interface Given {
  readonly title: string;
  readonly help: string;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

export function Section({ title, help, actions, children }: Given) {
  return (
    <Card size="small" title={title} extra={actions} style={{ height: '100%' }}>
      <Typography.Paragraph type="secondary" style={{ maxWidth: 760 }}>
        {help}
      </Typography.Paragraph>
      {children}
    </Card>
  );
}
