// The call in hand: ringing with its countdown, talking with its controls, wrap-up with what is left of it.
import { Alert, Button, Card, Flex, Progress, Typography } from 'antd';
import { Mark } from '@/app/Mark';
import { useTranslation } from 'react-i18next';
import { AgentState, type State } from '@/app/AgentState';
import { useCodes } from '@/app/codes';
import { useKeys } from '@/app/keymap';
import { useShortcuts } from '@/app/shortcuts';
import { useZone } from '@/app/me';
import { clock, moment } from '@/lib/format';
import { useNow } from '@/lib/useNow';
import { usePhone } from '@/phone/PhonePart';
import { Controls } from './Controls';
import { Help } from './Help';
import { Parties } from './Parties';
import { Recording } from './Recording';
import { useCallControl, type CallControl } from './useCallControl';
import { talks, type Work } from './useDesk';
import { whyOf } from './why';

interface Given {
  readonly work: Work;
  readonly state: State;
}

export function CallCard({ work, state }: Given) {
  const { t } = useTranslation('desk');
  const control = useCallControl(work);
  const phone = usePhone();
  const who = work.customer.name || work.customer.number || t('unknownCaller');
  return (
    <Card size="small" title={<AgentState state={state} />} extra={<CallClock work={work} state={state} />}>
      <Flex vertical gap={12}>
        <div>
          <div className="who">{who}</div>
          {work.customer.name && <Typography.Text type="secondary">{work.customer.number}</Typography.Text>}
        </div>
        {state === 'reserved' && <Ringing work={work} control={control} />}
        {state === 'busy' && <Controls work={work} control={control} />}
        {/* What comes and goes stands below the buttons: none moves under the hand. */}
        {state === 'busy' && phone.call?.phase === 'reconnecting' && (
          <Alert type="warning" showIcon title={t('reconnecting')} />
        )}
        {work.callback && <Back of={work.callback} />}
        {state === 'busy' && <Recording contact={work.contact_id} />}
        {state === 'busy' && talks(work) && work.role === 'leads' && <Help work={work} control={control} />}
        {state === 'busy' && work.parties.length > 0 && <Parties work={work} control={control} />}
        {!work.settled && <Alert type="info" title={t('underWay')} />}
        {work.on_hold && <Mark tone="warning">{t('onHold')}</Mark>}
      </Flex>
    </Card>
  );
}

/** That it is we who call, since when it was asked for, and how far that is. */
function Back({ of }: { readonly of: NonNullable<Work['callback']> }) {
  const { t } = useTranslation('desk');
  const zone = useZone();
  const codes = useCodes();
  return (
    <Flex vertical gap={4}>
      <Mark tone="note">{t('callback.is', { at: moment(of.asked_at, zone) })}</Mark>
      {of.dialling && <Alert type="info" title={t('callback.dialling', { count: of.attempts })} />}
      {!of.dialling && !of.reached && of.last_result && (
        <Typography.Text type="secondary">
          {t('callback.last', { result: codes.value('result', of.last_result) })}
        </Typography.Text>
      )}
    </Flex>
  );
}

function CallClock({ work, state }: Given) {
  const now = useNow();
  const until = state === 'reserved' ? work.answer_by : state === 'wrap_up' ? work.wrap_up_until : null;
  const since = state === 'busy' ? work.talk_at : null;
  const seconds = until ? Math.ceil((until - now) / 1000) : since ? (now - since) / 1000 : null;
  return seconds === null ? null : <span className="clock">{clock(seconds)}</span>;
}

/** Why it came here, how long it still rings, and the two answers. */
function Ringing({ work, control }: { readonly work: Work; readonly control: CallControl }) {
  const { t } = useTranslation('desk');
  const codes = useCodes();
  const keys = useKeys();
  const phone = usePhone();
  const rings = phone.call?.phase === 'ringing';
  useShortcuts({ 'Alt+Shift+KeyA': phone.accept, 'Alt+Shift+KeyD': () => void control.decline() });
  return (
    <>
      <Countdown until={work.answer_by} ringsMs={work.ring_s * 1000} />
      <Typography.Text strong>{whyOf(work)}</Typography.Text>
      <Typography.Text type="secondary">{codes.reason(work.reason)}</Typography.Text>
      <Flex gap={8}>
        <Button
          type="primary"
          style={{ flex: 1 }}
          disabled={!rings}
          onClick={phone.accept}
          title={keys('Alt+Shift+A')}
          autoFocus
        >
          {t('answer')}
        </Button>
        <Button
          danger
          style={{ flex: 1 }}
          loading={control.asked === 'decline'}
          onClick={() => void control.decline()}
          title={keys('Alt+Shift+D')}
        >
          {t('decline')}
        </Button>
      </Flex>
      {!rings && (
        <Typography.Text type="secondary">
          {t(phone.state === 'ready' ? 'aboutToRing' : 'ringsElsewhere')}
        </Typography.Text>
      )}
    </>
  );
}

function Countdown({ until, ringsMs }: { readonly until: number | null; readonly ringsMs: number }) {
  const { t } = useTranslation('desk');
  const now = useNow();
  const left = until === null ? 0 : Math.max(0, until - now);
  return (
    <Progress
      percent={Math.min(100, (left / Math.max(1, ringsMs)) * 100)}
      showInfo={false}
      size="small"
      aria-label={t('ringsFor', { clock: clock(Math.ceil(left / 1000)) })}
    />
  );
}
