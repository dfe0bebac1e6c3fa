// Notes, outcome, "did I solve it?": stored while they are typed, kept in the browser until the server has them.
import { Button, Card, Form, Input, Radio, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '@/api/client';
import { useTell } from '@/app/problems';
import { useShortcuts } from '@/app/shortcuts';
import { forget, keep, kept, type Draft } from './drafts';
import { lookAgain, type Work } from './useDesk';

const STORED_AFTER_MS = 800;
const AGAIN_MS = 3000;

export function Notes({ work, wrapUp }: { readonly work: Work; readonly wrapUp: boolean }) {
  const { t } = useTranslation('desk');
  const { draft, change, store, state } = useDraft(work);
  const dispositions = useDispositions(work);
  const finish = useFinish(store, work);
  useShortcuts({ 'Alt+Shift+KeyW': () => wrapUp && finish() });
  return (
    <Card size="small" title={t('notes')} extra={<output>{t(`stored.${state}`)}</output>}>
      <Form layout="vertical" requiredMark={false} onFinish={finish}>
        <Form.Item label={t('notes')} htmlFor="notes">
          <Input.TextArea
            id="notes"
            autoFocus
            rows={6}
            value={draft.notes}
            maxLength={4000}
            onChange={(event) => change({ notes: event.target.value })}
          />
        </Form.Item>
        {dispositions.length > 0 && (
          <Form.Item label={t('disposition')} htmlFor="disposition">
            <Select
              id="disposition"
              allowClear
              value={draft.disposition}
              onChange={(disposition: string | undefined) => change({ disposition: disposition ?? null })}
              options={dispositions.map((value) => ({ value, label: value }))}
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
          <Button type="primary" htmlType="submit" title="Alt+Shift+W">
            {t('finishWrapUp')}
          </Button>
        )}
      </Form>
    </Card>
  );
}

function useDispositions(work: Work): readonly string[] {
  const { data } = api.useQuery(
    'get',
    '/v1/routing/queues/{entity_id}',
    { params: { path: { entity_id: work.customer.queue } } },
    { enabled: work.customer.queue !== '' },
  );
  return data?.dispositions ?? [];
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

type Stored = 'saved' | 'saving' | 'kept';

/** The draft: what is typed is kept at once, stored soon, and tried again until the server has it. */
function useDraft(work: Work) {
  const tell = useTell();
  const [draft, setDraft] = useState<Draft>(
    () =>
      kept(work.contact_id) ?? { notes: work.notes, disposition: work.disposition, resolved: work.resolved },
  );
  const [state, setState] = useState<Stored>(kept(work.contact_id) ? 'kept' : 'saved');
  const latest = useRef(draft);
  const timer = useRef(0);
  async function store(): Promise<boolean> {
    clearTimeout(timer.current);
    const sent = latest.current;
    setState('saving');
    try {
      await client.PATCH('/v1/routing/contacts/{contact_id}/notes', {
        params: { path: { contact_id: work.contact_id } },
        body: sent,
      });
    } catch (error) {
      setState('kept');
      if (navigator.onLine) tell(error);
      timer.current = window.setTimeout(() => void store(), AGAIN_MS);
      return false;
    }
    if (sent === latest.current) {
      forget(work.contact_id);
      setState('saved');
    }
    return true;
  }
  function change(part: Partial<Draft>) {
    const next = { ...latest.current, ...part };
    latest.current = next;
    setDraft(next);
    setState('kept');
    keep(work.contact_id, next);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void store(), STORED_AFTER_MS);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  return { draft, change, store, state };
}
