// The flow designer: steps to add, canvas, what is chosen, problems, test call; draft, publish, versions.
import {
  BranchesOutlined,
  NodeIndexOutlined,
  RedoOutlined,
  SaveOutlined,
  UndoOutlined,
} from '@ant-design/icons';
import { useBlocker, useParams } from '@tanstack/react-router';
import { ReactFlowProvider, useReactFlow } from '@xyflow/react';
import { Alert, App, Button, Card, Flex, Switch, Tabs } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { Mark } from '@/app/Mark';
import { useMay } from '@/app/me';
import { Page } from '@/app/Page';
import { useTell } from '@/app/problems';
import { isText, useShortcuts } from '@/app/shortcuts';
import { Loaded } from '@/app/states';
import { Canvas } from './Canvas';
import { FIT } from './tidy';
import { copySteps, doubleSteps, pasteSteps } from './clipboard';
import { nodeOf } from './document';
import { redo, undo, useEditor } from './editor';
import { Faults } from './Faults';
import { calls } from './figures';
import { FlowSettings } from './FlowSettings';
import { Inspector } from './Inspector';
import { Outline } from './Outline';
import { StepPalette } from './StepPalette';
import { Trial } from './Trial';
import { arrange, FLOW, useDraft, type Draft, type Fault, type FlowView } from './useDraft';
import { useSteps } from './useSteps';
import { Versions } from './Versions';
import './flows.css';

type Panel = 'step' | 'outline' | 'trial';

export default function DesignerScreen() {
  const { id } = useParams({ strict: false }) as { id: string };
  const asked = api.useQuery(
    'get',
    FLOW,
    { params: { path: { flow_id: id } } },
    { refetchOnWindowFocus: false, staleTime: Infinity, gcTime: 0 }, // what is opened again is read again
  );
  const reload = async () => (await asked.refetch()).data;
  return (
    <Loaded of={asked}>
      {() => (
        <ReactFlowProvider key={id}>
          {asked.data && <Designer flow={asked.data} reload={reload} />}
        </ReactFlowProvider>
      )}
    </Loaded>
  );
}

interface Given {
  readonly flow: FlowView;
  readonly reload: () => Promise<FlowView | undefined>;
}

function TidyUp() {
  const { t } = useTranslation('flows');
  const tell = useTell();
  const { fitView } = useReactFlow();
  const [busy, setBusy] = useState(false);
  const tidyUp = () => {
    setBusy(true);
    void arrange()
      .then(() => requestAnimationFrame(() => void fitView(FIT)))
      .catch(tell)
      .finally(() => setBusy(false));
  };
  return (
    <Button icon={<NodeIndexOutlined />} loading={busy} onClick={tidyUp}>
      {t('tidy')}
    </Button>
  );
}

function Designer({ flow, reload }: Given) {
  const { t } = useTranslation('flows');
  const fixed = !useMay()('flows.write');
  const [name, setName] = useState(flow.name);
  const draft = useDraft(flow, name);
  const loadTheirs = async () => setName((await reload())?.name ?? name);
  const [picked, pick] = useState<ReadonlySet<string>>(new Set());
  const [show, setShow] = useState<{ id: string } | null>(null);
  const [panel, setPanel] = useState<Panel>('step');
  const [counted, setCounted] = useState(false);
  const [tried, setTried] = useState<number | null>(null);
  const search = useRef<{ focus(): void }>(null);
  const perStep = useMemo(() => byStep(draft.faults), [draft.faults]);
  const taken = useCalls(flow, counted);
  const lit = useSteps(flow.id, tried);
  const chosen = picked.size === 1 ? ([...picked][0] ?? null) : null;
  const choose = (id: string | null) => pick(new Set(id ? [id] : []));
  const goTo = (id: string) => {
    choose(id);
    setShow({ id });
  };
  useKeys({
    picked,
    pick,
    fixed,
    save: () => void draft.save(),
    search: () => (setPanel('outline'), search),
  });
  useUnsavedWarning(draft.changed);
  return (
    <Page title={name} actions={<Actions flow={flow} draft={draft} reload={reload} fixed={fixed} />}>
      {draft.conflict && <Conflict draft={draft} theirs={loadTheirs} />}
      <div className="designer">
        {fixed ? <div /> : <StepPalette added={choose} />}
        <Card size="small" className="canvas" styles={{ body: { height: '100%', padding: 0 } }} extra={null}>
          {flow.published > 0 && (
            <label className="counts">
              <Switch size="small" checked={counted} onChange={setCounted} aria-label={t('counts')} />{' '}
              {t('counts')}
              {taken && ` · ${t('calls', { count: taken.total })}`}
            </label>
          )}
          <Canvas
            picked={picked}
            pick={pick}
            problems={perStep}
            fixed={fixed}
            show={show}
            lit={lit}
            calls={taken?.wires ?? null}
            shown={draft.stands}
          />
        </Card>
        <aside aria-label={t('details')}>
          <Card size="small" styles={{ body: { paddingTop: 0 } }}>
            <Tabs
              size="small"
              activeKey={panel}
              onChange={(key) => setPanel(key as Panel)}
              items={[
                {
                  key: 'step',
                  label: t('step'),
                  children: chosen ? (
                    <Inspector key={chosen} id={chosen} choose={choose} fixed={fixed} />
                  ) : (
                    <FlowSettings name={name} rename={setName} fixed={fixed} picked={picked.size} />
                  ),
                },
                {
                  key: 'outline',
                  label: t('outline.title'),
                  children: <Outline chosen={chosen} go={goTo} lit={lit} search={search} />,
                },
                {
                  key: 'trial',
                  label: t('trial.title'),
                  forceRender: true,
                  children: <Trial flow={flow} draft={draft} begun={setTried} lit={lit} />,
                },
              ]}
            />
          </Card>
          <Faults faults={draft.faults} stale={draft.changed} show={(id) => (setPanel('step'), goTo(id))} />
        </aside>
      </div>
    </Page>
  );
}

interface ActionsGiven extends Given {
  readonly draft: Draft;
  readonly fixed: boolean;
}

function Actions({ flow, draft, reload, fixed }: ActionsGiven) {
  const { t } = useTranslation('flows');
  const may = useMay();
  const [versions, setVersions] = useState(false);
  return (
    <>
      {draft.changed && <Mark tone="warning">{t('unsaved')}</Mark>}
      {flow.published ? (
        <Mark tone="good">{t('published', { number: flow.published })}</Mark>
      ) : (
        <Mark>{t('notPublished')}</Mark>
      )}
      <Button icon={<BranchesOutlined />} onClick={() => setVersions(true)}>
        {t('versions')}
      </Button>
      {!fixed && (
        <>
          <Button
            icon={<UndoOutlined />}
            onClick={undo}
            aria-label={t('undo')}
            title={`${t('undo')} (Ctrl+Z)`}
          />
          <Button
            icon={<RedoOutlined />}
            onClick={redo}
            aria-label={t('redo')}
            title={`${t('redo')} (Ctrl+Shift+Z)`}
          />
          <TidyUp />
          <Button
            icon={<SaveOutlined />}
            loading={draft.busy}
            title={`${t('save')} (Ctrl+S)`}
            onClick={() => void draft.save()}
          >
            {t('save')}
          </Button>
        </>
      )}
      {may('flows.publish') && (
        <Button
          type="primary"
          disabled={draft.faults.length > 0 && !draft.changed}
          onClick={() => void draft.publish().then((done) => (done ? reload() : undefined))}
        >
          {t('publish')}
        </Button>
      )}
      {versions && <Versions flow={flow} close={() => setVersions(false)} changed={() => void reload()} />}
    </>
  );
}

function Conflict({ draft, theirs }: { readonly draft: Draft; readonly theirs: () => Promise<void> }) {
  const { t } = useTranslation('flows');
  return (
    <Alert
      type="warning"
      showIcon
      title={t('conflict')}
      action={
        <Flex gap={8}>
          <Button size="small" onClick={() => void theirs()}>
            {t('theirs')}
          </Button>
          <Button size="small" danger onClick={() => void draft.keepMine()}>
            {t('mine')}
          </Button>
        </Flex>
      }
    />
  );
}

interface KeysGiven {
  readonly picked: ReadonlySet<string>;
  readonly pick: (ids: ReadonlySet<string>) => void;
  readonly fixed: boolean;
  readonly save: () => void;
  readonly search: () => React.RefObject<{ focus(): void } | null>;
}

/** What keys do here; in text fields and over marked text they are the browser's. */
function useKeys({ picked, pick, fixed, save, search }: KeysGiven) {
  const { fitView } = useReactFlow();
  const edits = (action: () => unknown) => () =>
    fixed || isText(document.activeElement) || getSelection()?.toString() ? false : void action();
  const put = (ids: ReadonlySet<string>) => ids.size && pick(ids);
  useShortcuts({
    'Ctrl+KeyZ': edits(undo),
    'Ctrl+Shift+KeyZ': edits(redo),
    'Ctrl+KeyY': edits(redo),
    'Ctrl+KeyC': edits(() => copySteps(picked)),
    'Ctrl+KeyV': edits(() => put(pasteSteps())),
    'Ctrl+KeyD': edits(() => put(doubleSteps(picked))),
    'Ctrl+KeyA': edits(() => pick(new Set(Object.keys(useEditor.getState().document.nodes)))),
    'Ctrl+KeyS': () => (fixed ? false : save()),
    '1': () => void fitView(FIT),
    '/': () => {
      const field = search();
      requestAnimationFrame(() => field.current?.focus());
    },
  });
}

/** Asks before what is not saved is left: by closing the page, by the menu, by the way back. */
function useUnsavedWarning(changed: boolean) {
  const { t } = useTranslation('flows');
  const { modal } = App.useApp();
  useBlocker({
    disabled: !changed,
    enableBeforeUnload: changed,
    shouldBlockFn: async ({ current, next }) =>
      current.pathname !== next.pathname &&
      !(await modal.confirm({ title: t('leaveAsk'), okText: t('leave'), okButtonProps: { danger: true } })),
  });
}

function useCalls(flow: FlowView, wanted: boolean) {
  const { document } = useEditor();
  const { data } = api.useQuery(
    'get',
    `${FLOW}/statistics`,
    { params: { path: { flow_id: flow.id } } },
    { enabled: wanted && flow.published > 0, refetchInterval: 10_000 },
  );
  return useMemo(
    () => (wanted && data ? { wires: calls(document, data), total: data.calls } : null),
    [wanted, data, document],
  );
}

function byStep(faults: readonly Fault[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const fault of faults) {
    const id = nodeOf(fault.path);
    if (id) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
