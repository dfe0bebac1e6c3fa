// What tiles can show, how a figure is written and judged, and the charts' options.
import type { EChartsCoreOption } from 'echarts/core';
import { serverNow } from '@/api/clock';
import type { Schemas } from '@/app/me';
import { count, percent, span } from '@/lib/format';
import { dark, series } from '@/theme/tokens';

export type Tile = Schemas['Tile'];
export type Shown = Schemas['Shown'];
export type Kind = Tile['kind'];
export const KINDS: readonly Kind[] = ['number', 'gauge', 'trend', 'states', 'queues'];
const NOW = ['waiting', 'longest_wait', 'contacts', 'available', 'busy', 'wrap_up', 'away'] as const;
const TODAY = ['offered', 'answered', 'abandoned', 'handled', 'service_level', 'asa', 'aht'] as const;
const TRENDS = ['offered', 'answered', 'abandoned', 'service_level', 'asa', 'aht', 'longest_wait'] as const;
export type Measure = (typeof NOW)[number] | (typeof TODAY)[number];
const OF_THE_CENTRE: readonly string[] = ['contacts', 'available', 'busy', 'wrap_up', 'away'];
const FEWER_IS_BETTER: readonly string[] = ['waiting', 'longest_wait', 'abandoned', 'asa', 'aht', 'away'];
const LASTS: readonly string[] = ['longest_wait', 'asa', 'aht'];

export function measuresOf(kind: Kind): readonly Measure[] {
  if (kind === 'number') return [...NOW, ...TODAY];
  if (kind === 'gauge') return ['service_level'];
  return kind === 'trend' ? TRENDS : [];
}

/** Whether it is counted by queue. */
export const isOfQueue = (kind: Kind, measure: string): boolean =>
  kind === 'queues' || (measure !== '' && !OF_THE_CENTRE.includes(measure));

export function written(measure: string, value: number | null): string {
  if (measure === 'service_level') return percent(value);
  return LASTS.includes(measure) ? span(value) : count(value);
}

/** Against the target; null: there is none, or nothing to judge. */
export function isGood(measure: string, value: number | null, target: number | null): boolean | null {
  if (target === null || value === null) return null;
  return FEWER_IS_BETTER.includes(measure) ? value <= target : value >= target;
}

/** What is shown of it now: a longest wait grows between two answers. */
export const current = (tile: Shown, now: number): number | null =>
  tile.measure === 'longest_wait' && tile.since !== null
    ? Math.max(tile.value ?? 0, (now - tile.since) / 1000)
    : tile.value;

/** Half a ring, green from the target on. */
export function gauge(value: number | null, target: number | null): EChartsCoreOption {
  const share = value ?? 0;
  const good = isGood('service_level', value, target);
  return {
    series: [
      {
        type: 'gauge',
        startAngle: 200,
        endAngle: -20,
        min: 0,
        max: 1,
        radius: '100%',
        center: ['50%', '62%'],
        progress: {
          show: true,
          width: 22,
          itemStyle: { color: good === false ? dark.danger : good ? dark.available : dark.primary },
        },
        axisLine: { lineStyle: { width: 22, color: [[1, dark.hairline]] } },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: { show: false },
        pointer: { show: false },
        anchor: { show: false },
        title: { show: false },
        detail: {
          formatter: () => percent(value),
          color: dark.text,
          fontSize: 44,
          fontWeight: 600,
          offsetCenter: [0, '-8%'],
        },
        data: [{ value: share }],
      },
    ],
  };
}

/** A line over the half-hours until now, the target as a thin one. */
export function trend(tile: Shown, words: string): EChartsCoreOption {
  const lasting = tile.points.filter((one) => Date.parse(one.start) <= serverNow());
  return {
    grid: { left: 56, right: 16, top: 16, bottom: 32 },
    tooltip: { trigger: 'axis' },
    xAxis: {
      type: 'category',
      data: lasting.map((one) => one.start.slice(11, 16)),
      axisLabel: { color: dark.secondary, fontSize: 14 },
      axisLine: { lineStyle: { color: dark.border } },
    },
    yAxis: {
      type: 'value',
      min: 0,
      minInterval: tile.measure === 'service_level' ? 0 : 1,
      axisLabel: {
        color: dark.secondary,
        fontSize: 14,
        formatter: (value: number) => written(tile.measure, value),
      },
      splitLine: { lineStyle: { color: dark.hairline } },
    },
    series: [
      {
        name: words,
        type: 'line',
        color: dark.primary,
        symbolSize: 6,
        connectNulls: false,
        data: lasting.map((one) => one.value),
        ...(tile.target !== null && {
          markLine: {
            symbol: 'none',
            silent: true,
            lineStyle: { color: dark.wrapUp, width: 1 },
            label: { show: false },
            data: [{ yAxis: tile.target }],
          },
        }),
      },
    ],
    color: [...series],
  };
}

/** What a new board begins with. */
export const FIRST: readonly Tile[] = [
  newTile('number', 'waiting', 5),
  newTile('number', 'longest_wait', 60),
  newTile('number', 'available'),
  newTile('number', 'busy'),
  newTile('gauge', 'service_level', 0.8),
  newTile('number', 'abandoned'),
  { ...newTile('trend', 'offered'), wide: true },
  { ...newTile('queues', ''), wide: true },
  { ...newTile('states', ''), wide: true },
];

export function newTile(kind: Kind, measure: string, target: number | null = null): Tile {
  return { kind, measure, queue: '', title: '', target, wide: false };
}
