// The first run: what is left to do before callers are let in, and where to do it.
import { CheckCircleFilled } from '@ant-design/icons';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Card, Progress } from 'antd';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { useMe } from '@/app/me';
import { Page } from '@/app/Page';
import { useTell } from '@/app/problems';
import { Loaded } from '@/app/states';
import { Flow } from './Flow';
import { GoLive } from './GoLive';
import { Hours } from './Hours';
import { Invite } from './Invite';
import { Number } from './Number';
import { Size } from './Size';
import { TestCall } from './TestCall';
import { PATH, STEPS, show, useOnboarding, type StepName } from './useOnboarding';
import './welcome.css';

const PANELS: Readonly<Record<StepName, ComponentType>> = {
  hours: Hours,
  size: Size,
  number: Number,
  flow: Flow,
  invite: Invite,
  test_call: TestCall,
  go_live: GoLive,
};

export default function Welcome() {
  const { t } = useTranslation('welcome');
  const { me } = useMe();
  const onboarding = useOnboarding({ watch: true });
  return (
    <Page title={t('title', { company: me?.tenant.name ?? '' })} actions={<Leave />}>
      <Loaded of={onboarding}>{() => <Steps />}</Loaded>
    </Page>
  );
}

/** The step that is open: of the address, else the first that is not done. */
function useOpenStep(): [StepName, (step: StepName) => void] {
  const { isDone } = useOnboarding();
  const go = useNavigate();
  const { step } = useSearch({ strict: false }) as { step?: string };
  const chosen = STEPS.find((one) => one === step) ?? STEPS.find((one) => !isDone(one)) ?? 'go_live';
  return [chosen, (next) => void go({ to: '/welcome', search: { step: next } as never, replace: true })];
}

function Steps() {
  const { t } = useTranslation('welcome');
  const { isDone } = useOnboarding();
  const [open, choose] = useOpenStep();
  const done = STEPS.filter(isDone).length;
  const Panel = PANELS[open];
  const next = STEPS.find((one) => one !== open && !isDone(one));
  return (
    <div className="welcome">
      <Card size="small">
        <Progress
          percent={(done / STEPS.length) * 100}
          format={() => t('progress', { done, all: STEPS.length })}
          aria-label={t('progress', { done, all: STEPS.length })}
        />
        <nav aria-label={t('steps')}>
          <ol className="checklist">
            {STEPS.map((step) => (
              <li key={step}>
                <Item name={step} done={isDone(step)} open={step === open} choose={() => choose(step)} />
              </li>
            ))}
          </ol>
        </nav>
      </Card>
      <Card
        size="small"
        title={<h2 className="panel-title">{t(`step.${open}.title`)}</h2>}
        extra={
          isDone(open) &&
          next && (
            <Button type="primary" onClick={() => choose(next)}>
              {t('next', { step: t(`step.${next}.name`) })}
            </Button>
          )
        }
      >
        <p className="panel-lead">{t(`step.${open}.lead`)}</p>
        <Panel key={open} />
      </Card>
    </div>
  );
}

interface ItemGiven {
  readonly name: StepName;
  readonly done: boolean;
  readonly open: boolean;
  readonly choose: () => void;
}

function Item({ name, done, open, choose }: ItemGiven) {
  const { t } = useTranslation('welcome');
  return (
    <button
      type="button"
      className={open ? 'chosen option check' : 'option check'}
      aria-current={open ? 'step' : undefined}
      onClick={choose}
    >
      {done ? <CheckCircleFilled className="tick" aria-hidden /> : <span className="ring" aria-hidden />}
      <span>
        {t(`step.${name}.name`)}
        <span className="visually-hidden">{t(done ? 'done' : 'left')}</span>
        <small>{t(`step.${name}.hint`)}</small>
      </span>
    </button>
  );
}

/** The list keeps away from the start; the menu still leads to it. */
function Leave() {
  const { t } = useTranslation('welcome');
  const { known } = useOnboarding();
  const tell = useTell();
  const go = useNavigate();
  if (!known?.offered) return null;
  async function leave() {
    show((await client.PUT(`${PATH}/dismissal`, { body: { dismissed: true } })).data);
    await go({ to: '/' });
  }
  return (
    <Button type="text" onClick={() => void leave().catch(tell)}>
      {t('dismiss')}
    </Button>
  );
}
