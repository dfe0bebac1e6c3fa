import type { Same } from '@/i18n/same';
import type en from './strings.en';

const strings = {
  title: '座席工作台',
  states: {
    offline: '离线',
    available: '空闲',
    away: '小休',
    reserved: '振铃',
    busy: '通话中',
    wrap_up: '话后处理',
  },
  goAvailable: '开始接听',
  takeBreak: '小休',
  stopWork: '结束工作',
  phone: {
    off: '电话未接入。',
    registering: '正在接入电话。',
    ready: '本页面的电话可以振铃。',
    lost: '电话未连接，正在重试……',
    denied: '电话接入被拒绝。',
  },
  answer: '接听',
  decline: '拒接',
  hold: '保持',
  resume: '恢复通话',
  mute: '静音',
  unmute: '取消静音',
  hangUp: '挂断',
  notes: '小结',
  disposition: '处理结果',
  resolved: '是否解决？',
  finishWrapUp: '结束话后处理',
  unknownCaller: '未知来电者',
  idle: '当前没有通话。',
} as const satisfies Same<typeof en>;
export default strings;
