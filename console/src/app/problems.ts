// What a refusal says to a person: the console translates codes, the server's detail is only the rest.
import { App } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';

const KNOWN = [
  'invalid_input',
  'forbidden',
  'not_found',
  'conflict',
  'precondition_failed',
  'too_many_requests',
  'unauthenticated',
  'target_unavailable',
  'country_not_allowed',
  'emergency_not_allowed',
  'spending_cap_reached',
  'too_many_calls',
  'calls_at_limit',
  'reports_at_limit',
  'no_caller_id',
  'caller_gone',
  'agent_not_free',
  'callback_over',
  'callback_pending',
  'voicemail_over',
  'no_device',
  'private_monitoring_not_allowed',
  'illegal_transition',
  'not_recorded',
  'may_not_record',
  'link_invalid',
  'flow_in_use',
] as const;

export function useWords(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback(
    (error) => {
      if (!(error instanceof Problem)) return t('problems.network');
      const known = KNOWN.find((one) => one === error.code) ?? 'other';
      const said = [error.message, ...error.fields.map((one) => one.detail)].filter(Boolean);
      return t(`problems.${known}`, { detail: [...new Set(said)].join(' — ') });
    },
    [t],
  );
}

/** Tells a refusal that has no place of its own on the screen. */
export function useTell(): (error: unknown) => void {
  const { message } = App.useApp();
  const words = useWords();
  return useCallback((error) => void message.error(words(error)), [message, words]);
}
