// What a refusal says to a person: in words for its codes; what the server says is only the rest.
import { App } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem, type Fault } from '@/api/problem';

type Tell = (fault: Fault) => string | undefined;

/** What is said of a rule that was broken; undefined: there are no words for it. */
export function useFaultWords(): Tell {
  const { t, i18n } = useTranslation('refusals');
  const { t: desk } = useTranslation('desk');
  const { t: flows } = useTranslation('flows');
  return useCallback(
    ({ code = '', params = {} }) => {
      const one = (value: unknown): string => {
        if (Array.isArray(value)) return value.map(one).join(i18n.language === 'zh-CN' ? '、' : ', ');
        const state = desk(`states.${String(value) as 'busy'}`, { defaultValue: String(value) });
        return t(`values.${String(value) as 'waiting'}`, { defaultValue: state });
      };
      const values = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, one(value)]));
      if (i18n.exists(`refusals:faults.${code}`)) return t(`faults.${code as 'email'}`, { defaultValue: '', ...values });
      if (i18n.exists(`flows:rules.${code}`)) return flows(`rules.${code as 'dead_end'}`);
      return i18n.exists(`refusals:problems.${code}`) ? t(`problems.${code as 'conflict'}`) : undefined;
    },
    [t, i18n, desk, flows],
  );
}

/** Those whose words have a place for what was wrong. */
const WITH_DETAIL = /\{\{detail\}\}/;

export function useWords(): (error: unknown) => string {
  const { t, i18n } = useTranslation('refusals');
  const ofRule = useFaultWords();
  return useCallback(
    (error) => {
      if (!(error instanceof Problem)) return t('problems.network');
      const rules = error.faults.filter((one) => one.code !== error.code);
      const said = [...new Set(rules.map((one) => ofRule(one) ?? one.detail))].filter(Boolean);
      const known = i18n.exists(`refusals:problems.${error.code}`) ? error.code : 'other';
      const phrase = i18n.getResource(i18n.language, 'refusals', `problems.${known}`) as string;
      if (said.length && !WITH_DETAIL.test(phrase)) return said.join(' — ');
      return t(`problems.${known as 'other'}`, { detail: said.join(' — ') || error.message });
    },
    [t, i18n, ofRule],
  );
}

/** Tells a refusal that has no place of its own on the screen. */
export function useTell(): (error: unknown) => void {
  const { message } = App.useApp();
  const words = useWords();
  return useCallback((error) => void message.error(words(error)), [message, words]);
}
