import type { Same } from '@/i18n/same';
import type en from './strings.en';

const strings = {
  title: '登录',
  email: '邮箱',
  password: '密码',
  signIn: '登录',
  wrong: '邮箱或密码错误。',
  code: '身份验证器代码',
  codeHelp: '打开手机上的身份验证器，输入六位数字。',
  confirm: '继续',
  demo: '本机的演示账号：',
  demoOwner: '监控与设置',
  demoAgent: '作为座席接听',
} as const satisfies Same<typeof en>;
export default strings;
