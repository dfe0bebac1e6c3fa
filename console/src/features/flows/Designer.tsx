// The flow designer: palette, canvas, inspector, problems; draft, publish, versions.
import { useParams } from '@tanstack/react-router';
import { ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { Alert, App, Button, Card, Flex, Typography } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { Mark } from '@/app/Mark';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { Problem } from '@/api/problem';
import { useMay, type Schemas } from '@/app/me';
import { Page } from '@/app/Page';
import { useTell } from '@/app/problems';
import { useShortcuts } from '@/app/shortcuts';
import { Loaded } from '@/app/states';
import { Canvas } from './Canvas';
import { add, nodeOf, type FlowDocument } from './document';
import { forgetHistory, keepPlaces, keptPlaces, redo, undo, useEditor } from './editor';
import { Inspector } from './Inspector';
import { groups, inGroup, type Kind } from './kinds';
import { tidy } from './tidy';
import { Versions } from './Versions';
import './flows.css';

type View = Schemas['FlowView'];
/** One rule that the draft breaks; path: JSON path of the offending part. */
interface Fault {
  readonly code: string;
  readonly path: string;
  readonly detail: string;
}
const FLOW = '/v1/ivr/flows/{flow_id}';

export default function DesignerScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = api.useQuery(
    'get',
    FLOW,
    { params: { path: { flow_id: id } } },
    { refetchOnWindowFocus: false, staleTime: Infinity },
  );
  return (
    <Loaded of={asked}>
      {() => (
        <ReactFlowProvider key={id}>
          <Designer flow={asked.data as View} reload={() => void asked.refetch()} />
        </ReactFlowProvider>
      )}
    </Loaded>
  );
}

function Designer({ flow, reload }: { readonly flow: View; readonly reload: () => void }) {
  const { t } = useTranslation('flows');
  const may = useMay();
  const fixed = !may('flows.write');
  const draft = useDraft(flow);
  const [chosen, choose] = useState<string | null>(null);
  const [show, setShow] = useState<{ id: string } | null>(null);
  const [versions, setVersions] = useState(false);
  const perStep = useMemo(() => counted(draft.faults), [draft.faults]);
  const nothingLit = useMemo(() => new Set<string>(), []);
  useShortcuts({ 'Ctrl+KeyZ': undo, 'Ctrl+KeyY': redo, 'Ctrl+KeyS': () => void draft.save() });
  const actions = (
    <>
      {draft.changed && <Mark tone="warning">{t('unsaved')}</Mark>}
      <Mark>{flow.published ? t('published', { number: flow.published }) : t('notPublished')}</Mark>
      <Button onClick={() => setVersions(true)}>{t('versions')}</Button>
      {!fixed && <Button onClick={undo}>{t('undo')}</Button>}
      {!fixed && <Button onClick={redo}>{t('redo')}</Button>}
      {!fixed && <Button onClick={() => void arrange()}>{t('tidy')}</Button>}
      {!fixed && (
        <Button loading={draft.busy} onClick={() => void draft.save()}>
          {t('save')}
        </Button>
      )}
      {may('flows.publish') && (
        <Button
          type="primary"
          disabled={draft.faults.length > 0}
          onClick={() => void draft.publish().then(reload)}
        >
          {t('publish')}
        </Button>
      )}
    </>
  );
  return (
    <Page title={flow.name} actions={actions}>
      {draft.conflict && (
        <Alert
          type="warning"
          title={t('conflict')}
          action={
            <Button size="small" onClick={() => location.reload()}>
              {t('theirs')}
            </Button>
          }
        />
      )}
      <div className="designer">
        {fixed ? <div /> : <Palette choose={choose} />}
        <Card size="small" styles={{ body: { height: '100%', padding: 0 } }} style={{ height: '100%' }}>
          <Canvas
            chosen={chosen}
            choose={choose}
            problems={perStep}
            fixed={fixed}
            show={show}
            lit={nothingLit}
          />
        </Card>
        <Flex vertical gap={12}>
          {chosen && <Inspector key={chosen} id={chosen} choose={choose} fixed={fixed} />}
          <Faults faults={draft.faults} show={(id) => (choose(id), setShow({ id }))} />
        </Flex>
      </div>
      {versions && <Versions flow={flow} close={() => setVersions(false)} changed={reload} />}
    </Page>
  );
}

const arrange = async () => useEditor.getState().place(await tidy(useEditor.getState().document));

/** The draft under work: saved under its version, checked by the server each time. */
function useDraft(flow: View) {
  const { t } = useTranslation('flows');
  const { message } = App.useApp();
  const tell = useTell();
  const { fitView } = useReactFlow();
  const { document, places } = useEditor();
  const [saved, setSaved] = useState({
    version: flow.version,
    document: flow.document as unknown as FlowDocument,
  });
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [busy, setBusy] = useState(false);
  const [conflict, setConflict] = useState(false);
  const params = { path: { flow_id: flow.id } };
  const look = async () =>
    setFaults(((await client.GET(`${FLOW}/problems`, { params })).data?.data ?? []) as unknown as Fault[]);
  useEffect(() => {
    const begun = flow.document as unknown as FlowDocument;
    useEditor.getState().open({ ...begun, nodes: begun.nodes ?? {} }, keptPlaces(flow.id));
    setSaved({ version: flow.version, document: useEditor.getState().document });
    const ready = Object.keys(keptPlaces(flow.id)).length ? Promise.resolve() : arrange();
    void ready.then(() => {
      forgetHistory();
      requestAnimationFrame(() => void fitView());
    });
    void look().catch(tell);
    // oxlint-disable-next-line react/exhaustive-deps -- a flow is opened once for each version that was read
  }, [flow]);
  useEffect(() => keepPlaces(flow.id, places), [flow.id, places]);
  async function save(): Promise<number | null> {
    setBusy(true);
    try {
      const sent = useEditor.getState().document;
      const { data } = await client.PUT(FLOW, {
        params: { ...params, header: { 'If-Match': `"${saved.version}"` } } as never,
        body: { name: flow.name, document: sent as never },
      });
      const version = (data as View).version;
      setSaved({ version, document: sent });
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
  async function publish(): Promise<void> {
    const version = document === saved.document ? saved.version : await save();
    if (version === null) return;
    try {
      await client.POST(`${FLOW}/versions`, {
        params: { ...params, header: { 'If-Match': `"${version}"` } } as never,
      });
      void message.success(t('isPublished'));
      await queries.invalidateQueries({ queryKey: ['get', `${FLOW}/versions`] });
    } catch (error) {
      tell(error);
      await look();
    }
  }
  return { faults, busy, conflict, changed: document !== saved.document, save, publish };
}

function counted(faults: readonly Fault[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const fault of faults) {
    const id = nodeOf(fault.path);
    if (id) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

function Palette({ choose }: { readonly choose: (id: string) => void }) {
  const { t } = useTranslation('flows');
  const { document, edit } = useEditor();
  const place = (kind: Kind) => {
    const made = add(document, kind);
    edit(made.document);
    choose(made.id);
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

function Faults({
  faults,
  show,
}: {
  readonly faults: readonly Fault[];
  readonly show: (id: string) => void;
}) {
  const { t } = useTranslation('flows');
  if (faults.length === 0) return <Alert type="success" title={t('noProblems')} />;
  return (
    <Card size="small" title={`${t('problems')} (${faults.length})`}>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {faults.map((fault) => {
          const id = nodeOf(fault.path);
          return (
            <li key={fault.path + fault.code}>
              <button type="button" className="option" onClick={() => id && show(id)}>
                <strong>{id ?? fault.path}</strong> {fault.detail}
              </button>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
