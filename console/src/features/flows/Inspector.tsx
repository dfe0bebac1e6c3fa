// The fields of the chosen step, and where each of its ways out leads: the way through a flow without a mouse.
import { Button, Checkbox, Flex, Form, Input, InputNumber, Select, Typography } from 'antd';
import { useState, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { Pick } from '@/app/Pick';
import { at, change, copy, remove, type FlowDocument, type FlowNode } from './document';
import { useEditor } from './editor';
import { exitsOf, kinds, type Case, type Field } from './kinds';
import { FlowPick, Kept, Keys, Results, Skills, Speech, Tiers, Values } from './fields';
import { Audio, Prompts, Words, type Prompt } from './spoken';

interface Given {
  readonly id: string;
  readonly choose: (id: string | null) => void;
  readonly fixed: boolean;
}

export function Inspector({ id, choose, fixed }: Given) {
  const { t } = useTranslation('flows');
  const { document, edit } = useEditor();
  const node = document.nodes[id];
  if (!node) return null;
  const kind = kinds[node.type];
  const twin = () => {
    const made = copy(document, id);
    edit(made.document);
    choose(made.id);
  };
  return (
    <section aria-label={id}>
      <Flex justify="space-between" style={{ marginBottom: 8 }}>
        <strong>{t(`kinds.${node.type}` as 'kinds.say', { defaultValue: node.type })}</strong>
        <Typography.Text type="secondary">{id}</Typography.Text>
      </Flex>
      <Form layout="vertical" disabled={fixed} component="div">
        {kind && <Fields id={id} of={kind.fields} />}
        {kind?.seldom && <Seldom key={id} id={id} of={kind.seldom} />}
        <Exits id={id} document={document} edit={edit} />
        <Flex gap={8} wrap>
          <Button
            size="small"
            disabled={document.start === id}
            onClick={() => edit({ ...document, start: id })}
          >
            {t('makeStart')}
          </Button>
          <Button size="small" onClick={twin}>
            {t('copy')}
          </Button>
          <Button size="small" danger onClick={() => (edit(remove(document, [id])), choose(null))}>
            {t('remove')}
          </Button>
        </Flex>
      </Form>
    </section>
  );
}

const isSet = (value: unknown): boolean =>
  typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);

/** Folded away, unless one of them is set. */
function Seldom({ id, of }: { readonly id: string; readonly of: readonly Field[] }) {
  const { t } = useTranslation('flows');
  const node = useEditor((editor) => editor.document.nodes[id]);
  const [open, setOpen] = useState(of.some(({ name }) => isSet(node?.[name])));
  return (
    <details className="group" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('seldom')}</summary>
      <Fields id={id} of={of} />
    </details>
  );
}

function Fields({ id, of }: { readonly id: string; readonly of: readonly Field[] }) {
  const { t } = useTranslation('flows');
  const { document, edit } = useEditor();
  const node = document.nodes[id];
  if (!node) return null;
  return of.map((field) => (
    <Form.Item
      key={field.name}
      label={t(`fields.${field.name}` as 'fields.text', { defaultValue: field.name })}
    >
      <FieldOf
        field={field}
        value={node[field.name]}
        node={node}
        languages={document.languages ?? ['en-US']}
        onChange={(value) => edit(change(document, id, [field.name], value))}
      />
    </Form.Item>
  ));
}

function Exits({
  id,
  document,
  edit,
}: {
  readonly id: string;
  readonly document: FlowDocument;
  readonly edit: (document: FlowDocument) => void;
}) {
  const { t } = useTranslation('flows');
  const node = document.nodes[id];
  if (!node) return null;
  const options = Object.keys(document.nodes).map((value) => ({ value, label: value }));
  return exitsOf(node).map((exit) => (
    <Form.Item
      key={exit.path.join('.')}
      label={`→ ${t(`exits.${exit.name}` as 'exits.next', { defaultValue: exit.name })}`}
      style={{ marginBottom: 8 }}
    >
      <Select
        aria-label={t(`exits.${exit.name}` as 'exits.next', { defaultValue: exit.name })}
        showSearch
        allowClear
        placeholder={t('nowhere')}
        options={options}
        value={(at(node, exit.path) as string) || undefined}
        onChange={(target: string | undefined) => edit(change(document, id, exit.path, target ?? ''))}
      />
    </Form.Item>
  ));
}

interface FieldGiven {
  readonly field: Field;
  readonly value: unknown;
  readonly node: FlowNode;
  readonly languages: readonly string[];
  readonly onChange: (value: unknown) => void;
}

function FieldOf({ field, value, node, languages, onChange }: FieldGiven) {
  const { t } = useTranslation('flows');
  const label = t(`fields.${field.name}` as 'fields.text', { defaultValue: field.name });
  switch (field.kind) {
    case 'words':
      return (
        <Words
          value={value as Record<string, string>}
          languages={languages}
          onChange={onChange}
          label={label}
        />
      );
    case 'audio':
      return <Audio value={value as Record<string, string>} languages={languages} onChange={onChange} />;
    case 'prompts':
      return <Prompts value={value as readonly Prompt[]} languages={languages} onChange={onChange} />;
    case 'keys':
      return <Keys value={value as Record<string, string>} onChange={onChange} />;
    case 'results':
      return <Results value={value as Record<string, string>} onChange={onChange} />;
    case 'texts':
      return <Kept value={value as Record<string, string>} onChange={onChange} />;
    case 'tiers':
      return <Tiers value={value as Record<string, number>} onChange={onChange} />;
    case 'skills':
      return <Skills value={value as readonly { readonly skill: string }[]} onChange={onChange} />;
    case 'speech':
      return (
        <Speech
          value={value as ComponentProps<typeof Speech>['value']}
          keys={Object.keys((node.choices ?? {}) as object)}
          languages={languages}
          onChange={onChange}
        />
      );
    case 'flow':
      return <FlowPick value={value as string} onChange={onChange} />;
    case 'values':
      return <Values value={value as readonly Case[]} onChange={onChange} />;
    case 'flag':
      return (
        <Checkbox
          aria-label={label}
          checked={value === undefined ? field.usual === true : value !== false}
          onChange={(event) => onChange(event.target.checked)}
        />
      );
    case 'number':
      return (
        <InputNumber
          aria-label={label}
          min={field.min}
          max={field.max}
          step={field.step}
          placeholder={String(field.usual)}
          value={value as number}
          onChange={(next) => onChange(next ?? undefined)}
        />
      );
    case 'pick':
      return (
        <Pick
          from={field.from}
          aria-label={label}
          allowClear
          value={(value as string) || undefined}
          onChange={(next: string | undefined) => onChange(next ?? '')}
        />
      );
    case 'languages':
      return (
        <Select
          aria-label={label}
          allowClear
          value={(value as string) || undefined}
          onChange={(next: string | undefined) => onChange(next ?? '')}
          options={languages.map((one) => ({ value: one, label: one }))}
        />
      );
    default:
      return (
        <Input
          aria-label={label}
          value={value as string}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}
