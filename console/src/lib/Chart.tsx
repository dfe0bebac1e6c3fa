// A chart with its words: straight lines, bars from zero, the same as a table for who cannot see it.
import { BarChart, GaugeChart, LineChart } from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { fontFamily, light, series } from '@/theme/tokens';

use([
  BarChart,
  LineChart,
  GaugeChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  MarkLineComponent,
  AriaComponent,
  CanvasRenderer,
]);

interface Given {
  readonly option: EChartsCoreOption;
  /** What it shows, in a sentence. */
  readonly label: string;
  readonly height?: number;
}

export default function Chart({ option, label, height = 260 }: Given) {
  const at = useRef<HTMLDivElement>(null);
  const drawn = useRef<ReturnType<typeof init> | null>(null);
  useEffect(() => {
    if (!at.current) return;
    const chart = init(at.current);
    drawn.current = chart;
    const resized = new ResizeObserver(() => chart.resize());
    resized.observe(at.current);
    return () => {
      drawn.current = null;
      resized.disconnect();
      chart.dispose();
    };
  }, []);
  useEffect(() => {
    const whole = {
      color: [...series],
      textStyle: { fontFamily, color: light.secondary },
      animation: false,
      ...option,
    };
    drawn.current?.setOption(whole, { notMerge: true });
  }, [option]);
  // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a canvas is drawn into it
  return <div ref={at} role="img" aria-label={label} style={{ height }} />;
}
