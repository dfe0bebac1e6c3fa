import type { Same } from '@/i18n/same';
import type en from './strings.en';

const strings = {
  title: '实时监控',
  underWay_one: '{{count}} 通进行中的通话',
  underWay_other: '{{count}} 通进行中的通话',
  queues: '队列',
  agents: '座席',
  queue: '队列',
  waiting: '等待',
  longest: '最长等待',
  level: '时限内接通率',
  offered: '进入',
  answered: '接听',
  abandoned: '放弃',
  noQueues: '还没有队列。',
  noAgents: '没有座席登录。',
  calls: '通话',
  noCalls: '当前没有通话。',
  agent: '座席',
  lasts: '时长',
  long: '较长',
  veryLong: '过长',
  onHold: '保持中',
  helpAsked: '请求协助',
  monitor: '监听、耳语或强插',
  modes: { listen: '监听', whisper: '耳语', barge: '强插' },
  leave: '退出',
  takeOver: '接管',
  takeOverAsk: '从 {{agent}} 接管通话？客户不会断线。',
} as const satisfies Same<typeof en>;
export default strings;
