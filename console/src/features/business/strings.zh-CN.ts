import type { Same } from '@/i18n/same';
import type en from './strings.en';

const strings = {
  usage: {
    title: '用量与费用',
    today: '今日',
    month: '本月（按目录价）',
    due: '套餐外应付',
    forecast: '本月预测',
    amount: '金额',
    empty: '尚无用量。',
    by: { day: '日期', feature: '功能', queue: '队列', service: '服务' },
  },
  audit: {
    title: '审计日志',
    when: '时间',
    who: '人员',
    what: '操作',
    details: '详情',
    more: '显示更多',
    verify: '校验日志',
    whole: '日志完整：没有被修改或删除。',
    broken_one: '日志有一处被篡改。',
    broken_other: '日志有 {{count}} 处被篡改。',
  },
} as const satisfies Same<typeof en>;
export default strings;
