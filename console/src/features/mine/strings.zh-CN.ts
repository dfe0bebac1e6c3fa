import type { Same } from '@/i18n/same';
import type en from './strings.en';

const strings = {
  title: '我的一天',
  today: '我的一天',
  figures: '我的数据',
  range: '日期',
  ranges: { today: '今天', yesterday: '昨天', week: '最近 7 天' },
  check: '麦克风与声音',
  measures: {
    handled: '处理通话数',
    offers: '派送通话数',
    offers_missed: '未接',
    offers_declined: '拒接',
    aht: '平均处理时长',
    signed_in_s: '登录时长',
    available_s: '空闲时长',
    busy_s: '通话时长',
    wrap_up_state_s: '话后处理时长',
    away_s: '小休时长',
    occupancy: '工时利用率',
    csat: '满意度',
  },
  noContacts: '这些日期内没有已结束的通话。',
  began: '开始时间',
  customer: '客户',
  queue: '队列',
  outcome: '结果',
  disposition: '处理结果',
} as const satisfies Same<typeof en>;
export default strings;
