// Where in a flow something is, in words: a step by its kind and name, a field by its label in the panel.
import { useTranslation } from 'react-i18next';
import { languageName } from '@/lib/format';
import { nodeOf, type FlowDocument, type FlowNode } from './document';
import { exitsOf } from './kinds';

type Tokens = readonly (string | number)[];

/** The steps of a JSON path below the document or below a node: $.nodes.menu.prompt[0].en-US → prompt, 0, en-US. */
export function tokensOf(path: string): Tokens {
  const inside = path.replace(/^\$\.?/, '').replace(/^nodes\.[^.]+\.?/, '');
  return inside
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** The way out that a path is, by its name; null: it is none. */
function exitAt(node: FlowNode | undefined, tokens: Tokens): string | null {
  const wanted = tokens.map(String).join('.');
  const exit = node && exitsOf(node).find((one) => one.path.map(String).join('.') === wanted);
  return exit?.name ?? (tokens[0] === 'exits' && tokens.length > 1 ? String(tokens[1]) : null);
}

const TAG = /^[a-z]{2,3}-[A-Z][A-Za-z]+$/;

/** Words for where something is. */
export function usePlaces(document: FlowDocument) {
  const { t, i18n } = useTranslation('flows');
  const inFlow: Readonly<Record<string, string>> = {
    languages: t('languages'),
    start: t('startAt'),
    person: t('person'),
    fallback_queue: t('fallback'),
    nodes: t('palette'),
    tests: t('scripted'),
  };
  const part = (token: string | number, before: string | number): string => {
    if (typeof token === 'number') return before === 'choices' ? String(token) : `${token + 1}`;
    if (TAG.test(token)) return languageName(token);
    const group = before === 'exits' || !i18n.exists(`flows:fields.${token}`) ? 'exits' : 'fields';
    return t(`${group}.${token}` as 'fields.text', { defaultValue: token });
  };
  const step = (id: string): string => {
    const type = document.nodes[id]?.type;
    return type ? `${t(`kinds.${type}` as 'kinds.say', { defaultValue: type })} ${id}` : id;
  };
  const where = (path: string): string => {
    const id = nodeOf(path);
    const [first, ...rest] = tokensOf(path);
    if (first === undefined) return '';
    const exit = id ? exitAt(document.nodes[id], [first, ...rest]) : null;
    if (exit !== null) return `→ ${t(`exits.${exit}` as 'exits.next', { defaultValue: exit })}`;
    const named = id ? part(first, '') : (inFlow[first] ?? part(first, ''));
    return [named, ...rest.map((one, index) => part(one, [first, ...rest][index] ?? ''))].join(' · ');
  };
  return {
    /** The step that a path is in; the flow itself for none. */
    step: (path: string) => {
      const id = nodeOf(path);
      return id ? step(id) : t('flow');
    },
    /** The field, and the place within it; "" = the whole step. */
    where,
  };
}
