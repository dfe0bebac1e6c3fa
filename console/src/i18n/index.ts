// The two languages: typed keys, Chinese loaded when it is wanted, switched without reload.
import dayjs from 'dayjs';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en, { type Strings } from './en';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: Strings;
    defaultNS: 'app';
  }
}

export const languages = ['en-US', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

const KEPT = 'offhook.language';

/** The language chosen before, else the browser's. */
export function preferred(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'en-US' || kept === 'zh-CN') return kept;
  return navigator.languages.some((one) => one.toLowerCase().startsWith('zh')) ? 'zh-CN' : 'en-US';
}

export async function startLanguages(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { 'en-US': en },
    lng: 'en-US',
    fallbackLng: 'en-US',
    ns: Object.keys(en),
    defaultNS: 'app',
    interpolation: { escapeValue: false },
  });
  await choose(preferred());
}

/** Speak this language from now on. */
export async function choose(language: Language): Promise<void> {
  if (language === 'zh-CN' && !i18next.hasResourceBundle('zh-CN', 'app')) {
    const [{ default: zh }] = await Promise.all([import('./zh-CN'), import('dayjs/locale/zh-cn')]);
    for (const [ns, strings] of Object.entries(zh)) i18next.addResourceBundle('zh-CN', ns, strings);
  }
  localStorage.setItem(KEPT, language);
  dayjs.locale(language === 'zh-CN' ? 'zh-cn' : 'en');
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

export const language = (): Language => (i18next.language === 'zh-CN' ? 'zh-CN' : 'en-US');
