// The tiles of a board: added, moved, changed, taken away; stored under the version that was read.
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Checkbox, Flex, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, queries } from '@/api/client';
import type { Schemas } from '@/app/me';
import { Drawer } from '@/app/Overlay';
import { Pick } from '@/app/Pick';
import { useWords } from '@/app/problems';
import { isOfQueue, KINDS, measuresOf, newTile, type Kind, type Measure, type Tile } from './tiles';

type Board = Schemas['Board'];

export function BoardEditor({ board, close }: { readonly board: Board; readonly close: () => void }) {
  const { t } = useTranslation('wallboards');
  const { t: app } = useTranslation();
  const words = useWords();
  const [name, setName] = useState(board.name);
  const [columns, setColumns] = useState(board.columns);
  const [tiles, setTiles] = useState<readonly Tile[]>(board.tiles);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const change = (at: number, part: Partial<Tile>) =>
    setTiles(tiles.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const move = (at: number, by: number) => {
    const next = [...tiles];
    const [taken] = next.splice(at, 1);
    if (taken) next.splice(at + by, 0, taken);
    setTiles(next);
  };
  async function save() {
    setBusy(true);
    try {
      await client.PUT('/v1/analytics/boards/{entity_id}', {
        params: { path: { entity_id: board.id }, header: { 'If-Match': `"${board.version}"` } },
        body: { name, columns, tiles: [...tiles] },
      });
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[1]).includes('/boards'),
      });
      close();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  }
  return (
    <Drawer
      open
      size={520}
      title={board.name}
      onClose={close}
      footer={
        <Flex gap={8} justify="end">
          <Button onClick={close}>{app('cancel')}</Button>
          <Button type="primary" loading={busy} onClick={() => void save()}>
            {app('save')}
          </Button>
        </Flex>
      }
    >
      {error !== null && <Alert type="error" title={words(error)} style={{ marginBottom: 12 }} />}
      <Form layout="vertical">
        <Flex gap={12}>
          <Form.Item label={t('name')} htmlFor="board-name" style={{ flex: 1 }}>
            <Input
              id="board-name"
              value={name}
              maxLength={80}
              onChange={(event) => setName(event.target.value)}
            />
          </Form.Item>
          <Form.Item label={t('columns')} htmlFor="board-columns">
            <InputNumber
              id="board-columns"
              min={1}
              max={8}
              value={columns}
              onChange={(value) => setColumns(value ?? 1)}
            />
          </Form.Item>
        </Flex>
        <Flex vertical gap={8}>
          {tiles.map((one, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- tiles have no other identity than their place
            <Card key={at} size="small">
              <TileFields tile={one} change={(part) => change(at, part)} number={at + 1} />
              <Flex gap={4} justify="end">
                <Button
                  size="small"
                  icon={<ArrowUpOutlined />}
                  aria-label={t('up')}
                  disabled={at === 0}
                  onClick={() => move(at, -1)}
                />
                <Button
                  size="small"
                  icon={<ArrowDownOutlined />}
                  aria-label={t('down')}
                  disabled={at === tiles.length - 1}
                  onClick={() => move(at, 1)}
                />
                <Button
                  size="small"
                  danger
                  icon={<DeleteOutlined />}
                  aria-label={app('delete')}
                  onClick={() => setTiles(tiles.filter((_, index) => index !== at))}
                />
              </Flex>
            </Card>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => setTiles([...tiles, newTile('number', 'waiting')])}>
            {t('addTile')}
          </Button>
        </Flex>
      </Form>
    </Drawer>
  );
}

interface FieldsGiven {
  readonly tile: Tile;
  readonly number: number;
  readonly change: (part: Partial<Tile>) => void;
}

function TileFields({ tile: one, number, change }: FieldsGiven) {
  const { t } = useTranslation('wallboards');
  const measures = measuresOf(one.kind);
  const named = (what: string) => `${what} ${number}`;
  return (
    <Flex gap={8} wrap style={{ marginBottom: 8 }}>
      <Select
        aria-label={named(t('kind'))}
        style={{ width: 130 }}
        value={one.kind}
        onChange={(kind: Kind) =>
          change({ kind, measure: measuresOf(kind)[0] ?? '', queue: '', target: null })
        }
        options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      {measures.length > 1 && (
        <Select
          aria-label={named(t('measure'))}
          style={{ width: 190 }}
          value={one.measure as Measure}
          onChange={(measure) => change({ measure, ...(isOfQueue(one.kind, measure) ? {} : { queue: '' }) })}
          options={measures.map((value) => ({ value, label: t(`measures.${value}`) }))}
        />
      )}
      {isOfQueue(one.kind, one.measure) && (
        <Pick
          from="/v1/routing/queues"
          aria-label={named(t('queue'))}
          style={{ width: 160 }}
          allowClear
          placeholder={t('allQueues')}
          value={one.queue || undefined}
          onChange={(queue: string | undefined) => change({ queue: queue ?? '' })}
        />
      )}
      <Input
        aria-label={named(t('ownTitle'))}
        placeholder={t('ownTitle')}
        style={{ width: 190 }}
        maxLength={80}
        value={one.title}
        onChange={(event) => change({ title: event.target.value })}
      />
      {one.measure !== '' && <Target tile={one} label={named(t('targetOf'))} change={change} />}
      <Checkbox checked={one.wide} onChange={(event) => change({ wide: event.target.checked })}>
        {t('wide')}
      </Checkbox>
    </Flex>
  );
}

/** Shares are entered in percent. */
function Target({ tile: one, label, change }: TargetGiven) {
  const share = one.measure === 'service_level';
  return (
    <InputNumber
      aria-label={label}
      placeholder={label}
      min={0}
      style={{ width: 120 }}
      suffix={share ? '%' : undefined}
      value={one.target === null ? null : share ? Math.round(one.target * 100) : one.target}
      onChange={(value) => change({ target: value === null ? null : share ? value / 100 : value })}
    />
  );
}
interface TargetGiven {
  readonly tile: Tile;
  readonly label: string;
  readonly change: (part: Partial<Tile>) => void;
}
