// The steps that can be added, by what they are for; a new one stands beside the one that was added last.
import { Button, Card, Typography } from 'antd';
import { useReactFlow } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { add } from './document';
import { useEditor } from './editor';
import { groups, inGroup, type Kind } from './kinds';

export function StepPalette({ added }: { readonly added: (id: string) => void }) {
  const { t } = useTranslation('flows');
  const { document, places, edit } = useEditor();
  const { screenToFlowPosition } = useReactFlow();
  const place = (kind: Kind) => {
    const made = add(document, kind);
    edit(made.document, {
      ...places,
      [made.id]: free(screenToFlowPosition(middle()), Object.values(places)),
    });
    added(made.id);
  };
  return (
    <Card size="small" title={t('palette')} className="palette">
      {groups.map((group) => (
        <div key={group}>
          <Typography.Text type="secondary">{t(`groups.${group}`)}</Typography.Text>
          {inGroup(group).map((kind) => (
            <Button key={kind.type} block size="small" onClick={() => place(kind)}>
              {t(`kinds.${kind.type}` as 'kinds.say')}
            </Button>
          ))}
        </div>
      ))}
    </Card>
  );
}

interface At {
  readonly x: number;
  readonly y: number;
}
const NEAR = 24;

function middle(): At {
  const box = document.querySelector('.react-flow')?.getBoundingClientRect();
  return box ? { x: box.x + box.width / 2 - 110, y: box.y + box.height / 2 - 60 } : { x: 0, y: 0 };
}

/** There, or below and right of what stands there. */
function free(at: At, taken: readonly At[]): At {
  const stands = taken.some((one) => Math.abs(one.x - at.x) < NEAR && Math.abs(one.y - at.y) < NEAR);
  return stands ? free({ x: at.x + NEAR, y: at.y + NEAR }, taken) : at;
}
