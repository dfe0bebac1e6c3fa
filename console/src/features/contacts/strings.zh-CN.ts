import type { Same } from '@/i18n/same';
import type en from './strings.en';

const strings = {
  title: '联系记录',
  days: '日期',
  started: '开始',
  customer: '客户',
  queue: '队列',
  agent: '座席',
  outcome: '结局',
  disposition: '处理结果',
  length: '时长',
  number: '号码',
  more: '显示更多',
  empty: '所选日期内没有联系记录。',
  facts: '联系',
  happened: '经过',
  notes: '小结',
  survey: '调查',
  cost: '费用',
  outcomes: {
    completed: '已与座席通话',
    self_served: '语音菜单自助完成',
    abandoned: '排队时放弃',
    left_in_flow: '在菜单中挂断',
    transferred_out: '已转出',
    blocked: '已拦截',
    failed: '失败',
  },
} as const satisfies Same<typeof en>;
export default strings;
