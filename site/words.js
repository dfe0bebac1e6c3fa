// All words of the page, in both languages; the choice is remembered.

const WORDS = {
  en: {
    skip: "Skip to the floor", language: "Language", signOut: "Sign out", signInTitle: "Sign in",
    demoHint: "The demo login of this machine is filled in.", email: "E-mail", password: "Password", signIn: "Sign in",
    callTitle: "Try it", callerDoes: "The caller", place: "Place a call", hangUp: "Hang up",
    scriptSales: "asks for sales and answers the survey", scriptService: "asks for service and answers the survey",
    scriptHours: "asks for the opening hours", scriptAbandon: "asks for sales and gives up after 5 seconds",
    queues: "Queues", underWay: "calls under way", queue: "Queue", waiting: "Waiting", longest: "Longest wait",
    level: "Service level", offered: "Offered", answered: "Answered", abandoned: "Abandoned", agents: "Agents",
    loading: "Loading…", noQueues: "There are no queues yet.", noAgents: "Nobody is signed in.",
    lost: "The figures cannot be read at the moment; trying again.", wrong: "E-mail or password is wrong.",
    noAnswer: "The system does not answer; try again.", dialling: "Dialling…", over: "The call is over.",
    outcome: "Outcome", notRecorded: "The outcome is not recorded yet.", callFailed: "The call could not be placed.",
    callLost: "The conversation cannot be read any more.", asOf: "As of",
    asWatcher: "Watch the floor", asAgent: "Take calls as an agent", deskTitle: "Your desk",
    goAvailable: "Go available", takeBreak: "Take a break", goOffline: "Stop working", answer: "Answer", decline: "Decline",
    hold: "Hold", resume: "Resume", mute: "Mute", unmute: "Unmute", disposition: "What came of it", notes: "Notes",
    solved: "solved", sold: "sold", callAgain: "call again", finish: "Finish wrap-up", unknownCaller: "Unknown caller",
    phoneReady: "The phone in this page rings.", phoneLost: "The phone is not connected; trying again.",
    available: "Available", reserved: "Ringing", busy: "Talking", wrap_up: "Wrap-up", away: "Away", offline: "Offline",
    completed: "completed", self_served: "answered by the menu", left_in_flow: "hung up in the menu",
    abandonedOutcome: "abandoned", transferred_out: "transferred out", blocked: "blocked", failed: "failed",
  },
  zh: {
    skip: "跳到现场", language: "语言", signOut: "退出", signInTitle: "登录",
    demoHint: "已填入本机的演示账号。", email: "邮箱", password: "密码", signIn: "登录",
    callTitle: "试一试", callerDoes: "来电者", place: "拨打电话", hangUp: "挂断",
    scriptSales: "选择销售并回答满意度调查", scriptService: "选择客服并回答满意度调查",
    scriptHours: "查询营业时间", scriptAbandon: "选择销售，5秒后放弃",
    queues: "队列", underWay: "进行中的通话", queue: "队列", waiting: "等待", longest: "最长等待",
    level: "服务水平", offered: "进入", answered: "接听", abandoned: "放弃", agents: "坐席",
    loading: "加载中…", noQueues: "还没有队列。", noAgents: "没有坐席登录。",
    lost: "暂时无法读取数据，正在重试。", wrong: "邮箱或密码错误。",
    noAnswer: "系统没有响应，请重试。", dialling: "正在拨号…", over: "通话结束。",
    outcome: "结果", notRecorded: "结果尚未记录。", callFailed: "无法拨打电话。",
    callLost: "无法继续读取通话过程。", asOf: "更新于",
    asWatcher: "查看现场", asAgent: "作为坐席接听", deskTitle: "我的工作台",
    goAvailable: "开始接听", takeBreak: "休息", goOffline: "结束工作", answer: "接听", decline: "拒接",
    hold: "保持", resume: "恢复", mute: "静音", unmute: "取消静音", disposition: "处理结果", notes: "备注",
    solved: "已解决", sold: "已成交", callAgain: "需回电", finish: "结束话后处理", unknownCaller: "未知来电者",
    phoneReady: "本页面的电话可以振铃。", phoneLost: "电话未连接，正在重试。",
    available: "空闲", reserved: "振铃", busy: "通话中", wrap_up: "话后处理", away: "离开", offline: "离线",
    completed: "已完成", self_served: "自助完成", left_in_flow: "在菜单中挂断",
    abandonedOutcome: "已放弃", transferred_out: "已转出", blocked: "已拦截", failed: "失败",
  },
};
const KEPT = "offhook.language";
const LOCALES = { en: "en", zh: "zh-CN" };

let language = localStorage.getItem(KEPT) ?? (navigator.language.startsWith("zh") ? "zh" : "en");
if (!(language in WORDS)) language = "en";

export const word = (key) => WORDS[language][key] ?? key;
export const locale = () => LOCALES[language];
export const timeOfDay = (at) => new Date(at).toLocaleTimeString(locale(), { hourCycle: "h23" });
export const outcomeWord = (outcome) => word(outcome === "abandoned" ? "abandonedOutcome" : outcome);

export function choose(next) {
  language = next;
  localStorage.setItem(KEPT, next);
  translate();
}

export function translate() {
  document.documentElement.lang = locale();
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = word(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", word(element.dataset.label));
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
}
