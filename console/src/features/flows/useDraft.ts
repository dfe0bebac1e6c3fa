// The draft under work: saved under its version, checked by the server each time, published; who else saved is told.
import { useReactFlow } from '@xyflow/react';
import { App } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, queries } from '@/api/client';
import { Problem } from '@/api/problem';
import type { Schemas } from '@/app/me';
import { useTell } from '@/app/problems';
import type { FlowDocument } from './document';
import { forgetHistory, placed, placesOf, useEditor } from './editor';
import { FIT, tidy } from './tidy';

export type FlowView = Schemas['FlowView'];
/** One rule that the draft breaks; path: JSON path of the offending part. */
export type Fault = Schemas['Problem'];
export const FLOW = '/v1/ivr/flows/{flow_id}';

export interface Draft {
  readonly faults: readonly Fault[];
  readonly busy: boolean;
  readonly changed: boolean;
  /** Every step has its place; until then none is shown. */
  readonly stands: boolean;
  /** Somebody else saved meanwhile. */
  readonly conflict: boolean;
  /** The version that is stored afterwards; null when it was refused. */
  save(): Promise<number | null>;
  publish(): Promise<boolean>;
  /** Stores what is on the screen over what somebody else stored. */
  keepMine(): Promise<void>;
}

export const arrange = async (): Promise<void> => {
  const { document, place } = useEditor.getState();
  place(await tidy(document));
};

export const documentOf = (flow: { readonly document: Schemas['FlowView']['document'] }): FlowDocument => {
  const given = flow.document as unknown as FlowDocument;
  return { ...given, nodes: given.nodes ?? {} };
};

export function useDraft(flow: FlowView, name: string): Draft {
  const { t } = useTranslation('flows');
  const { message } = App.useApp();
  const tell = useTell();
  const { fitView } = useReactFlow();
  const { document, places } = useEditor();
  const [saved, setSaved] = useState({ version: flow.version, document, places, name: flow.name });
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [busy, setBusy] = useState(false);
  const [conflict, setConflict] = useState(false);
  const [stands, setStands] = useState(false);
  const params = { path: { flow_id: flow.id } };
  const look = async () => setFaults((await client.GET(`${FLOW}/problems`, { params })).data?.data ?? []);
  useEffect(() => {
    let gone = false;
    const begun = documentOf(flow);
    useEditor.getState().edit(begun, placesOf(begun));
    const inPlace = Object.keys(begun.nodes).every((id) => begun.nodes[id]?.position);
    void (inPlace ? Promise.resolve() : arrange().catch(tell)).then(() => {
      if (gone) return;
      setStands(true);
      forgetHistory();
      setSaved({ version: flow.version, name: flow.name, ...useEditor.getState() });
      requestAnimationFrame(() => void fitView(FIT));
    });
    setConflict(false);
    void look().catch(tell);
    return () => void (gone = true);
    // oxlint-disable-next-line react/exhaustive-deps -- a flow is opened once for each version that was read
  }, [flow]);

  async function store(over: number): Promise<number | null> {
    setBusy(true);
    try {
      const now = useEditor.getState();
      const { data } = await client.PUT(FLOW, {
        params: { ...params, header: { 'If-Match': `"${over}"` } },
        body: { name, document: placed(now.document, now.places) },
      });
      const version = data?.version ?? over + 1;
      setSaved({ version, name, document: now.document, places: now.places });
      setConflict(false);
      await look();
      return version;
    } catch (error) {
      if (error instanceof Problem && error.status === 412) setConflict(true);
      else tell(error);
      return null;
    } finally {
      setBusy(false);
    }
  }
  const changed = stands && (document !== saved.document || places !== saved.places || name !== saved.name);
  async function publish(): Promise<boolean> {
    const version = changed ? await store(saved.version) : saved.version;
    if (version === null) return false;
    setBusy(true);
    try {
      await client.POST(`${FLOW}/versions`, {
        params: { ...params, header: { 'If-Match': `"${version}"` } },
      });
      void message.success(t('isPublished'));
      await queries.invalidateQueries({ queryKey: ['get', `${FLOW}/versions`] });
      return true;
    } catch (error) {
      if (error instanceof Problem && error.status === 412) setConflict(true);
      else tell(error);
      await look().catch(() => {});
      return false;
    } finally {
      setBusy(false);
    }
  }
  async function keepMine() {
    const theirs = await client.GET(FLOW, { params }).catch(tell);
    if (theirs?.data) await store(theirs.data.version);
  }
  return { faults, busy, conflict, changed, stands, save: () => store(saved.version), publish, keepMine };
}
