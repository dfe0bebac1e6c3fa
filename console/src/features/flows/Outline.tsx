// The flow as a list: every step in the order in which calls meet it, with its ways out; the way through without a mouse or sight.
import { Input, Typography, type InputRef } from 'antd';
import { useState, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { at, inOrder, wordsOf, type FlowNode } from './document';
import { useEditor } from './editor';
import { exitsOf } from './kinds';
import type { Lit } from './useSteps';

interface Given {
  readonly chosen: string | null;
  readonly go: (id: string) => void;
  readonly lit: Lit;
  readonly search: Ref<InputRef | { focus(): void }>;
}

export function Outline({ chosen, go, lit, search }: Given) {
  const { t } = useTranslation('flows');
  const { document } = useEditor();
  const [words, setWords] = useState('');
  const kind = (node: FlowNode) => t(`kinds.${node.type}` as 'kinds.say', { defaultValue: node.type });
  const found = inOrder(document).filter((id) => {
    const node = document.nodes[id] as FlowNode;
    return `${id} ${kind(node)} ${JSON.stringify(node)}`.toLowerCase().includes(words.toLowerCase());
  });
  return (
    <>
      <Input
        ref={search as Ref<InputRef>}
        allowClear
        aria-label={t('outline.search')}
        placeholder={`${t('outline.search')} (/)`}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onPressEnter={() => found[0] && go(found[0])}
      />
      <ol className="outline" aria-label={t('outline.title')}>
        {found.map((id) => (
          <li key={id}>
            <Line
              id={id}
              node={document.nodes[id] as FlowNode}
              kind={kind}
              chosen={chosen === id}
              go={go}
              lit={lit}
            />
          </li>
        ))}
      </ol>
      {found.length === 0 && <Typography.Text type="secondary">{t('outline.none')}</Typography.Text>}
    </>
  );
}

interface LineGiven {
  readonly id: string;
  readonly node: FlowNode;
  readonly kind: (node: FlowNode) => string;
  readonly chosen: boolean;
  readonly go: (id: string) => void;
  readonly lit: Lit;
}

function Line({ id, node, kind, chosen, go, lit }: LineGiven) {
  const { t } = useTranslation('flows');
  const exits = exitsOf(node).map((exit) => ({
    name: t(`exits.${exit.name}` as 'exits.next', { defaultValue: exit.name }),
    to: String(at(node, exit.path) ?? '') || t('nowhere'),
  }));
  return (
    <>
      <button
        type="button"
        aria-current={chosen}
        className={chosen ? 'chosen option' : 'option'}
        onClick={() => go(id)}
      >
        <strong>{kind(node)}</strong> {id}
        {lit.here === id && <em> · {t('trial.here')}</em>}
        <span className="where">{wordsOf(node)}</span>
      </button>
      {exits.length > 0 && (
        <ul>
          {exits.map((exit) => (
            <li key={exit.name + exit.to}>
              {exit.name} → {exit.to}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
