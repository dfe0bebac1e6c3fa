// What rings, on every screen: who, how long yet, and the two answers; it calls for attention meanwhile.
import { Link, useRouterState } from '@tanstack/react-router';
import { Button, Flex } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '@/app/keymap';
import { useShortcuts } from '@/app/shortcuts';
import { clock } from '@/lib/format';
import { useNow } from '@/lib/useNow';
import { callForAttention } from '@/phone/attention';
import { usePhone } from '@/phone/PhonePart';
import { useCallControl } from './useCallControl';
import type { Work } from './useDesk';
import { whyOf } from './why';

export function RingBar({ work }: { readonly work: Work }) {
  const { t } = useTranslation('desk');
  const phone = usePhone();
  const control = useCallControl(work);
  const now = useNow();
  const onDesk = useRouterState({ select: (state) => state.location.pathname === '/desk' });
  const who = work.customer.name || work.customer.number || t('unknownCaller');
  const rings = phone.call?.phase === 'ringing';
  const words = t('ringing', { who });
  const own = work.role === 'places';
  const atClick = t('clickAnswers');
  const answer = useRef(phone.accept);
  useEffect(() => {
    answer.current = phone.accept;
  });
  useEffect(() => {
    if (own) return;
    return callForAttention(words, rings, rings ? { words: atClick, act: () => answer.current() } : null);
  }, [words, rings, own, atClick]);
  const keys = useKeys();
  const decline = () => void control.decline();
  useShortcuts(onDesk ? {} : { 'Alt+Shift+KeyA': phone.accept, 'Alt+Shift+KeyD': decline });
  if (onDesk) return null; // the desk shows it larger
  return (
    <Flex gap={8} align="center">
      <Link to="/desk">
        <output>{words}</output> <span>{whyOf(work)}</span>{' '}
        <span>{clock(Math.ceil(((work.answer_by ?? now) - now) / 1000))}</span>
      </Link>
      <Button
        type="primary"
        size="small"
        disabled={!rings}
        onClick={phone.accept}
        title={keys('Alt+Shift+A')}
      >
        {t('answer')}
      </Button>
      <Button
        size="small"
        danger
        loading={control.asked === 'decline'}
        onClick={decline}
        title={keys('Alt+Shift+D')}
      >
        {t('decline')}
      </Button>
    </Flex>
  );
}
