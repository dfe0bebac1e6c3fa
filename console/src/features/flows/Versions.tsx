// The published versions of a flow: who and when, what differs, and back to an earlier one.
import { Button, Flex, Popconfirm, Select, Table, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { Mark } from '@/app/Mark';
import { useMay, useZone, type Schemas } from '@/app/me';
import { Drawer } from '@/app/Overlay';
import { useNames } from '@/app/Pick';
import { useTell } from '@/app/problems';
import { Loaded, Nothing } from '@/app/states';
import { moment } from '@/lib/format';
import { difference, type StepChange } from './diff';
import type { FlowDocument } from './document';
import { usePlaces } from './places';
import { documentOf, FLOW, type FlowView } from './useDraft';
import { useEditor } from './editor';

type Version = Schemas['VersionSummary'];
interface Given {
  readonly flow: FlowView;
  readonly close: () => void;
  readonly changed: () => void;
}

export function Versions({ flow, close, changed }: Given) {
  const { t } = useTranslation('flows');
  const zone = useZone();
  const tell = useTell();
  const may = useMay()('flows.publish');
  const by = useNames('/v1/routing/people');
  const asked = api.useQuery('get', `${FLOW}/versions`, { params: { path: { flow_id: flow.id } } });
  const [compared, setCompared] = useState<number | null>(null);
  const back = async (number: number) => {
    const { data } = await client.GET(FLOW, { params: { path: { flow_id: flow.id } } });
    await client.PUT(`${FLOW}/published`, {
      params: { path: { flow_id: flow.id }, header: { 'If-Match': `"${data?.version ?? flow.version}"` } },
      body: { number },
    });
    await queries.invalidateQueries({ queryKey: ['get', '/v1/ivr/flows'] });
    changed();
    close();
  };
  const action = (one: Version) =>
    one.number === flow.published ? (
      <Mark tone="good">{t('takesCalls')}</Mark>
    ) : may ? (
      <Popconfirm
        title={t('backAsk', { number: one.number })}
        okText={t('backTo')}
        onConfirm={() => back(one.number).catch(tell)}
      >
        <Button size="small">{t('backTo')}</Button>
      </Popconfirm>
    ) : null;
  return (
    <Drawer open size={640} title={t('versions')} onClose={close}>
      <Loaded of={asked}>
        {() => (
          <Flex vertical gap={16}>
            <Table<Version>
              size="small"
              rowKey="number"
              pagination={false}
              dataSource={asked.data?.data ?? []}
              locale={{ emptyText: <Nothing>{t('notPublished')}</Nothing> }}
              columns={[
                { title: t('version'), dataIndex: 'number' },
                { title: t('when'), render: (_, one) => moment(one.published_at, zone) },
                { title: t('by'), render: (_, one) => by(one.published_by) },
                {
                  key: 'actions',
                  align: 'right',
                  render: (_, one) => (
                    <Flex gap={4} justify="end">
                      <Button size="small" onClick={() => setCompared(one.number)}>
                        {t('diff.compare')}
                      </Button>
                      {action(one)}
                    </Flex>
                  ),
                },
              ]}
            />
            {compared !== null && <Compared flow={flow} number={compared} all={asked.data?.data ?? []} />}
          </Flex>
        )}
      </Loaded>
    </Drawer>
  );
}

interface ComparedGiven {
  readonly flow: FlowView;
  readonly number: number;
  readonly all: readonly Version[];
}
const DRAFT = 0;

/** What changed from that version on, up to another one or the draft on the screen. */
function Compared({ flow, number, all }: ComparedGiven) {
  const { t } = useTranslation('flows');
  const { document } = useEditor();
  const [until, setUntil] = useState(DRAFT);
  const [from, to] = [useVersion(flow.id, number), useVersion(flow.id, until)];
  const options = [
    { value: DRAFT, label: t('diff.draft') },
    ...all
      .filter((one) => one.number !== number)
      .map((one) => ({ value: one.number, label: t('diff.version', { number: one.number }) })),
  ];
  return (
    <section aria-label={t('diff.title', { number })}>
      <Flex gap={8} align="center" style={{ marginBottom: 8 }}>
        <strong>{t('diff.title', { number })}</strong>
        <Select
          aria-label={t('diff.with')}
          value={until}
          options={options}
          onChange={setUntil}
          style={{ minWidth: 160 }}
        />
      </Flex>
      <Loaded of={from}>
        {() => {
          if (!from.data || (until !== DRAFT && !to.data)) return null;
          const after = until === DRAFT ? document : documentOf(to.data as Schemas['VersionView']);
          const before = documentOf(from.data);
          const nodes = { ...before.nodes, ...after.nodes };
          return <Changes changes={difference(before, after)} document={{ ...after, nodes }} />;
        }}
      </Loaded>
    </section>
  );
}

const useVersion = (flow: string, number: number) =>
  api.useQuery(
    'get',
    `${FLOW}/versions/{number}`,
    { params: { path: { flow_id: flow, number: String(number) } } },
    { enabled: number !== DRAFT, staleTime: Infinity },
  );

const whole = (id: string | null) => (id === null ? '$' : `$.nodes.${id}`);

interface ChangesGiven {
  readonly changes: readonly StepChange[];
  /** With all steps, also those that are gone. */
  readonly document: FlowDocument;
}

function Changes({ changes, document }: ChangesGiven) {
  const { t } = useTranslation('flows');
  const places = usePlaces(document);
  if (changes.length === 0) return <Typography.Text type="secondary">{t('diff.same')}</Typography.Text>;
  return (
    <ul className="changes">
      {changes.map((one) => (
        <li key={one.id ?? ''}>
          <Mark tone={one.kind === 'added' ? 'good' : one.kind === 'removed' ? 'warning' : 'note'}>
            {t(`diff.${one.kind}`)}
          </Mark>{' '}
          <strong>{places.step(whole(one.id))}</strong>
          {one.fields.length > 0 && (
            <ul>
              {one.fields.map((field) => (
                <li key={field.path}>
                  {places.where(`${whole(one.id)}.${field.path}`)}:{' '}
                  {field.before && <del>{field.before}</del>} {field.after && <ins>{field.after}</ins>}
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
