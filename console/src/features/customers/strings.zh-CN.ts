import type { Same } from '@/i18n/same';
import type en from './strings.en';

const strings = {
  title: '客户',
  search: '号码或姓名开头',
  empty: '还没有客户。添加客户后，来自其号码的来电会按该客户的资料问候和分配。',
  notFound: '没有姓名以“{{words}}”开头或使用该号码的客户。',
  add: '添加客户',
  name: '姓名',
  nameless: '未填姓名',
  numbers: '号码',
  numbersHelp: '请带国家代码，或按本国拨号方式填写。一个号码只能属于一位客户。',
  number: '号码 {{which}}',
  numberMissing: '请填写号码，或删除此行。',
  addNumber: '添加号码',
  removeNumber: '删除号码 {{which}}',
  language: '语言',
  languageHelp: '语音流程和队列可据此选择问候语和座席。',
  tier: '等级',
  tierHelp: '例如“金卡”。队列可以优先服务某个等级，座席接听前即可看到。',
  tags: '标签',
  tagsHelp: '输入文字后按回车键。',
  score: '最近满意度',
  ofHundred: '{{score}} 分（满分 100）',
  facts: '客户资料',
  contacts: '联系记录',
  noContacts: '还没有联系记录。通话结束后会显示在这里。',
  export: {
    do: '导出数据',
    help: '将保存的该客户全部数据导出为文件，例如在客户要求时提供。',
    cut: '文件只包含最近 1000 次联系，更早的未包含在内。',
  },
  erase: {
    do: '删除全部数据',
    ask: '删除 {{name}} 的全部数据？',
    goes: '客户资料、号码、小结、录音以及通话中获得的一切个人信息都会被删除，报表和历史数据中也不例外。',
    stays:
      '联系本身的事实（时间、队列、时长）会在去除个人信息后保留，以保证统计数据准确。删除证明会写入审计日志。',
    when: '删除立即开始，需要几分钟；正在进行的通话会等到结束。此操作不可恢复。',
    sure: '我知道此操作无法撤销。',
    begun: '已开始删除。完成后，证明会写入审计日志。',
  },
} as const satisfies Same<typeof en>;
export default strings;
