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
/** The room that a step takes. */
const WIDE = 260;
const HIGH = 150;

function middle(): At {
  const box = document.querySelector('.react-flow')?.getBoundingClientRect();
  return box ? { x: box.x + box.width / 2 - 110, y: box.y + box.height / 2 - 60 } : { x: 0, y: 0 };
}

/** There, or below what stands there: a new step covers no other. */
function free(at: At, taken: readonly At[]): At {
  const under = taken.find((one) => Math.abs(one.x - at.x) < WIDE && Math.abs(one.y - at.y) < HIGH);
  return under ? free({ x: at.x, y: under.y + HIGH }, taken) : at;
}
