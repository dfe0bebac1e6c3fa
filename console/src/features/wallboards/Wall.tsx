// A board as it hangs on the wall: dark, large, and honest about how old it is.
import { App as AntApp, ConfigProvider } from 'antd';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/app/me';
import { clock, count, moment, percent, span } from '@/lib/format';
import { useNow } from '@/lib/useNow';
import { dark, darkTheme } from '@/theme/tokens';
import { current, gauge, isGood, trend, written, type Measure, type Shown } from './tiles';
import './wall.css';

const Chart = lazy(() => import('@/lib/Chart'));
const STALE_MS = 10_000;
export type BoardNow = Schemas['BoardNow'];

interface Given {
  readonly board: BoardNow;
  /** The last attempt to read it anew did not work. */
  readonly failing: boolean;
  /** Whose time it shows; a television has nobody signed in, and shows its own. */
  readonly zone?: string;
}
const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function Wall({ board, failing, zone = ownZone() }: Given) {
  const { t } = useTranslation('wallboards');
  const now = useNow(1000);
  const age = now - board.as_of;
  return (
    <ConfigProvider theme={{ ...darkTheme, inherit: false }}>
      <AntApp component={false}>
        <section className="wall" aria-label={board.name} style={wallColours}>
          <header>
            <h1>{board.name}</h1>
            <span>{moment(now, zone, { hour: '2-digit', minute: '2-digit' })}</span>
          </header>
          {(failing || age > STALE_MS) && (
            <div role="alert" className="stale">
              {t('stale', { clock: clock(Math.max(0, age) / 1000) })}
            </div>
          )}
          <div className="tiles" style={{ gridTemplateColumns: `repeat(${board.columns}, minmax(0, 1fr))` }}>
            {board.tiles.map((tile, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- tiles have no other identity than their place
              <OneTile key={index} tile={tile} />
            ))}
          </div>
        </section>
      </AntApp>
    </ConfigProvider>
  );
}

const wallColours = {
  '--wall': dark.layout,
  '--tile': dark.panel,
  '--line': dark.hairline,
  '--text': dark.text,
  '--second': dark.secondary,
  '--good': dark.available,
  '--bad': dark.danger,
  '--warn': dark.wrapUp,
  '--warn-tint': dark.wrapUpTint,
} as React.CSSProperties;

export function useTileName(): (tile: Pick<Shown, 'kind' | 'measure' | 'title' | 'queue'>) => string {
  const { t } = useTranslation('wallboards');
  return ({ kind, measure, title, queue }) => {
    const words = measure ? t(`measures.${measure as Measure}`) : t(`kinds.${kind}`);
    return title || (queue ? `${words} · ${queue}` : words);
  };
}

function OneTile({ tile }: { readonly tile: Shown }) {
  const name = useTileName()(tile);
  return (
    <article className={tile.wide ? 'tile wide' : 'tile'}>
      <h2>{name}</h2>
      {tile.kind === 'number' && <Figure tile={tile} />}
      {tile.kind === 'gauge' && <Gauge tile={tile} name={name} />}
      {tile.kind === 'trend' && <Trend tile={tile} name={name} />}
      {tile.kind === 'states' && <States states={tile.states ?? {}} />}
      {tile.kind === 'queues' && <Queues tile={tile} />}
    </article>
  );
}

function Figure({ tile }: { readonly tile: Shown }) {
  const { t } = useTranslation('wallboards');
  const now = useNow(1000);
  const value = current(tile, now);
  const good = isGood(tile.measure, value, tile.target);
  return (
    <>
      <div className={good === false ? 'figure bad' : good ? 'figure good' : 'figure'}>
        {good === false && <span aria-hidden>▲ </span>}
        {written(tile.measure, value)}
      </div>
      {tile.target !== null && (
        <p>
          {t('target', { value: written(tile.measure, tile.target) })}
          {good === false && ` · ${t('missed')}`}
        </p>
      )}
    </>
  );
}

function Gauge({ tile, name }: { readonly tile: Shown; readonly name: string }) {
  const { t } = useTranslation('wallboards');
  const { value, target } = tile;
  const option = useMemo(() => gauge(value, target), [value, target]);
  return (
    <>
      <Suspense>
        <Chart option={option} label={`${name}: ${percent(tile.value)}`} height={180} />
      </Suspense>
      {tile.target !== null && <p>{t('target', { value: percent(tile.target) })}</p>}
    </>
  );
}

function Trend({ tile, name }: { readonly tile: Shown; readonly name: string }) {
  const { t } = useTranslation('wallboards');
  const minute = Math.floor(useNow(1000) / 60_000); // another half-hour may have begun
  // oxlint-disable-next-line react/exhaustive-deps -- drawn anew each minute
  const option = useMemo(() => trend(tile, name), [tile, name, minute]);
  if (tile.points.length === 0) return <p>{t('noTrend')}</p>;
  const last = tile.points.findLast((one) => one.value !== null)?.value ?? null;
  const label = t('trendLabel', { name, value: written(tile.measure, last) });
  return (
    <Suspense>
      <Chart option={option} label={label} height={200} />
    </Suspense>
  );
}

const STATES = ['available', 'reserved', 'busy', 'wrap_up', 'away'] as const;
const COLOUR = {
  available: dark.available,
  reserved: dark.ringing,
  busy: dark.onCall,
  wrap_up: dark.wrapUp,
  away: dark.away,
} as const;
const SHAPE = { available: '●', reserved: '◎', busy: '■', wrap_up: '▣', away: '◐' } as const;

function States({ states }: { readonly states: Readonly<Record<string, number>> }) {
  const { t } = useTranslation('desk');
  return (
    <dl className="states">
      {STATES.map((state) => (
        <div key={state} style={{ color: COLOUR[state] }}>
          <dt>
            <span aria-hidden>{SHAPE[state]}</span> {t(`states.${state}`)}
          </dt>
          <dd>{count(states[state] ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Queues({ tile }: { readonly tile: Shown }) {
  const { t } = useTranslation('floor');
  const now = useNow(1000);
  return (
    <table>
      <thead>
        <tr>
          {(['queue', 'waiting', 'longest', 'level', 'abandoned'] as const).map((name) => (
            <th key={name} scope="col">
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tile.lines.map((line) => (
          <tr key={line.name}>
            <th scope="row">{line.name}</th>
            <td>{count(line.waiting)}</td>
            <td>{line.oldest_at === null ? '–' : span((now - line.oldest_at) / 1000)}</td>
            <td>{percent(line.service_level)}</td>
            <td>{count(line.abandoned)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
