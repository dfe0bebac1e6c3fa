import type { Same } from '@/i18n/same';
import type en from './strings.en';

const strings = {
  title: '模拟来电',
  dial: '呼叫',
  from: '主叫号码',
  to: '被叫号码',
  script: '来电者',
  callers: '同时来电数',
  place: '拨打电话',
  none: '还没有来电。拨打一通，听听客户听到的内容。',
  live: '进行中',
  over: '已结束',
  caller: '客户一侧',
  heard: '客户听到和操作的内容',
  keys: '客户按键',
  say: '说一句话',
  hangUp: '挂断',
  told: {
    dialled: '拨打 {{words}}',
    answered: '已接通',
    heard: '听到：{{words}}',
    pressed: '按键 {{words}}',
    said: '说：{{words}}',
    queued: '进入队列等待',
    joined: '与座席通话',
    left: '对话结束',
    over: '通话结束',
  },
  scripts: {
    byHand: '由您按键',
    sales: '选择销售并回答调查',
    service: '选择客服并回答调查',
    impatient: '选择销售后放弃',
  },
} as const satisfies Same<typeof en>;
export default strings;
