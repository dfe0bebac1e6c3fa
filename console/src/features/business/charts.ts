// Charts of money: bars from zero.
import type { EChartsCoreOption } from 'echarts/core';
import type { Schemas } from '@/app/me';

export const perDay = (costs: Schemas['CostsView'], amount: string): EChartsCoreOption => ({
  grid: { left: 56, right: 16, top: 16, bottom: 24 },
  tooltip: { trigger: 'axis' },
  xAxis: { type: 'category', data: costs.lines.map((line) => line.name.slice(5)) },
  yAxis: { type: 'value', min: 0, name: costs.currency },
  series: [
    { name: amount, type: 'bar', barMaxWidth: 24, data: costs.lines.map((line) => Number(line.cost)) },
  ],
});
