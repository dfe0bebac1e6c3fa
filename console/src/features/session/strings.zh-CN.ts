import type { Same } from '@/i18n/same';
import type en from './strings.en';

const strings = {
  title: '登录',
  email: '邮箱',
  password: '密码',
  signIn: '登录',
  needed: '请填写此项。',
  wrong: '邮箱或密码错误。',
  wrongPassword: '密码错误。',
  wrongCode: '验证码错误或已过期。',
  forgotten: '忘记密码？',
  noAccount: '还没有 Offhook 账号？',
  signUp: '注册',
  otherAccount: '使用其他账号登录',
  wasReset: '密码已修改，请使用新密码登录。',
  codeTitle: '二次验证',
  code: '身份验证器代码',
  codeHelp: '打开手机上的身份验证器，输入六位数字。',
  confirm: '继续',
  factor: {
    title: '保护您的账号',
    why: '负责设置或付费的人员须使用密码和手机验证码登录。',
    preparing: '正在准备……',
    picture: '密钥的二维码；也可以手动输入密钥',
    open: '在手机上打开身份验证器应用。',
    scan: '用它扫描此二维码。',
    type: '输入应用显示的六位数字。',
    byHand: '无法扫码？请在应用中输入此密钥：',
  },
  demo: '本机的演示账号：',
  demoOwner: '监控与设置',
  demoAgent: '作为座席接听',
} as const satisfies Same<typeof en>;
export default strings;
