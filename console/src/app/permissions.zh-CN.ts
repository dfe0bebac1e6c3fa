// What each permission lets somebody do. api/codes.json lists them all.
const strings = {
  profile: {
    own: '管理本人资料',
  },
  calls: {
    take: '接听来电',
    monitor: '监听、耳语与强插',
  },
  floor: {
    watch: '查看实时监控',
  },
  agents: {
    read: '查看座席',
    control: '调整座席状态与队列',
  },
  callbacks: {
    read: '查看回拨',
    write: '处理回拨',
  },
  voicemails: {
    read: '查看语音留言',
    play: '收听语音留言',
    write: '处理语音留言',
  },
  contacts: {
    own: '查看本人联系记录',
    read: '查看全部联系记录',
  },
  customers: {
    read: '查看客户',
    write: '修改客户',
  },
  recordings: {
    play: '播放录音',
    delete: '删除录音、设置保留期限',
  },
  flows: {
    read: '查看语音流程',
    write: '编辑语音流程',
    publish: '发布语音流程',
  },
  routing: {
    read: '查看队列与路由',
    write: '修改队列与路由',
  },
  surveys: {
    read: '查看满意度调查',
    write: '修改满意度调查',
  },
  numbers: {
    read: '查看号码',
    write: '分配号码',
    buy: '购买与退还号码',
  },
  reports: {
    own: '查看本人数据',
    read: '查看报表',
  },
  costs: {
    read: '查看用量与费用',
  },
  people: {
    read: '查看人员',
    write: '邀请与修改人员',
  },
  auth: {
    policy: '设置角色与登录规则',
  },
  audit: {
    read: '查看审计日志',
  },
  keys: {
    read: '查看 API 密钥',
    write: '创建与吊销 API 密钥',
  },
  webhooks: {
    read: '查看 Webhook',
    write: '修改 Webhook',
  },
  outbound: '呼出',
  budgets: {
    write: '设置预算',
  },
  boards: {
    write: '制作监控大屏',
  },
  person: {
    erase: '删除个人数据',
  },
  plan: {
    manage: '管理套餐与账单',
  },
  ownership: {
    transfer: '移交所有权、允许运营方进入',
  },
  tenant: {
    export: '导出全部数据',
    erase: '删除全部数据',
    close: '注销账户',
  },
};
export default strings;
