// A step on the canvas: its kind, its name, what it says, a port for each way out.
import { ExclamationCircleFilled, FlagFilled } from '@ant-design/icons';
import { Handle, Position, type NodeProps } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { wordsOf, type FlowNode } from './document';
import { exitsOf } from './kinds';

export interface StepData extends Record<string, unknown> {
  readonly node: FlowNode;
  readonly starts: boolean;
  readonly problems: number;
  /** Where the test call is, and where it was. */
  readonly lit: 'here' | 'passed' | null;
}

export function Step({ id, data, selected }: NodeProps & { readonly data: StepData }) {
  const { t } = useTranslation('flows');
  const { node, starts, problems, lit } = data;
  return (
    <div
      className={['step', selected && 'selected', problems > 0 && 'faulty', lit && `lit ${lit}`]
        .filter(Boolean)
        .join(' ')}
      data-step={id}
      data-lit={lit ?? undefined}
    >
      <Handle type="target" position={Position.Left} style={{ top: 20 }} />
      <div className="head">
        <strong>{t(`kinds.${node.type}` as 'kinds.say', { defaultValue: node.type })}</strong>
        {starts && (
          <span className="start">
            <FlagFilled aria-hidden /> {t('start')}
          </span>
        )}
        {problems > 0 && (
          <span className="count">
            <ExclamationCircleFilled aria-hidden /> {t('faults', { count: problems })}
          </span>
        )}
        {lit === 'here' && <span className="now">{t('trial.here')}</span>}
      </div>
      <div className="id">{[id, wordsOf(node)].filter(Boolean).join(' · ')}</div>
      {exitsOf(node).map((exit) => (
        <div key={exit.path.join('.')} className="exit">
          {t(`exits.${exit.name}` as 'exits.next', { defaultValue: exit.name })}
          <Handle type="source" position={Position.Right} id={JSON.stringify(exit.path)} />
        </div>
      ))}
    </div>
  );
}
