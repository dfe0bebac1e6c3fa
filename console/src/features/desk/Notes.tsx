// Notes, outcome, "did I solve it?": stored while they are typed, kept in the browser until the server has them.
import { Button, Card, Flex, Form, Input, Radio, Select } from 'antd';
import { useRef, useState, type ComponentRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '@/api/client';
import { useCodes } from '@/app/codes';
import { useTell } from '@/app/problems';
import { useKeys } from '@/app/keymap';
import { useShortcuts } from '@/app/shortcuts';
import { forget } from './drafts';
import { MoreTime } from './MoreTime';
import { useDraft } from './useDraft';
import { lookAgain, type Work } from './useDesk';

export function Notes({ work, wrapUp }: { readonly work: Work; readonly wrapUp: boolean }) {
  const { t } = useTranslation('desk');
  const { draft, change, store, state } = useDraft(work);
  const { dispositions, needed } = useDispositions(work);
  const [asked, setAsked] = useState(false);
  const lacks = needed && !draft.disposition;
  const codes = useCodes();
  const finishNow = useFinish(store, work);
  const finish = () => (lacks ? setAsked(true) : finishNow());
  const notes = useRef<ComponentRef<typeof Input.TextArea>>(null);
  const keys = useKeys();
  useShortcuts({
    'Alt+Shift+KeyN': () => notes.current?.focus(),
    'Alt+Shift+KeyW': () => wrapUp && finish(),
  });
  return (
    <Card size="small" title={t('notes')} extra={<output>{t(`stored.${state}`)}</output>}>
      <Form layout="vertical" onFinish={finish}>
        <Form.Item label={t('notes')} htmlFor="notes">
          <Input.TextArea
            id="notes"
            ref={notes}
            autoFocus
            rows={6}
            value={draft.notes}
            maxLength={4000}
            onChange={(event) => change({ notes: event.target.value })}
          />
        </Form.Item>
        {dispositions.length > 0 && (
          <Form.Item
            label={t('disposition')}
            htmlFor="disposition"
            required={needed}
            {...(asked && lacks && { validateStatus: 'error', help: t('outcomeNeeded') })}
          >
            <Select
              id="disposition"
              allowClear
              value={draft.disposition}
              onChange={(disposition: string | undefined) => change({ disposition: disposition ?? null })}
              options={dispositions.map((value) => ({ value, label: codes.disposition(value) }))}
            />
          </Form.Item>
        )}
        <Form.Item label={t('resolved')}>
          <Radio.Group
            value={draft.resolved}
            onChange={(event) => change({ resolved: event.target.value as boolean })}
            optionType="button"
            options={[
              { value: true, label: t('solvedYes') },
              { value: false, label: t('solvedNo') },
            ]}
          />
        </Form.Item>
        {wrapUp && (
          <Flex gap={8} align="center" wrap>
            <Button type="primary" htmlType="submit" title={keys('Alt+Shift+W')}>
              {t('finishWrapUp')}
            </Button>
            <MoreTime work={work} />
          </Flex>
        )}
      </Form>
    </Card>
  );
}

function useDispositions(work: Work) {
  const { data } = api.useQuery(
    'get',
    '/v1/routing/queues/{entity_id}',
    { params: { path: { entity_id: work.customer.queue } } },
    { enabled: work.customer.queue !== '' },
  );
  return { dispositions: data?.dispositions ?? [], needed: data?.disposition_required ?? false };
}

function useFinish(store: () => Promise<boolean>, work: Work) {
  const tell = useTell();
  return () =>
    void (async () => {
      if (!(await store())) return;
      await client.DELETE('/v1/routing/agents/me/wrap-up').catch(tell);
      forget(work.contact_id);
      await lookAgain();
    })();
}
