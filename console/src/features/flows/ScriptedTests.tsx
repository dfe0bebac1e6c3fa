// The tests that the draft carries, run by the interpreter alone.
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { useMay, type Schemas } from '@/app/me';
import { useTell } from '@/app/problems';
import { useEditor } from './editor';
import { FLOW, type Draft, type FlowView } from './useDraft';

export function ScriptedTests({ flow, draft }: { readonly flow: FlowView; readonly draft: Draft }) {
  const { t } = useTranslation('flows');
  const tell = useTell();
  const may = useMay()('flows.write');
  const { document } = useEditor();
  const [run, setRun] = useState<Schemas['ScriptRun'] | null>(null);
  const written = Array.isArray(document.tests) ? document.tests.length : 0;
  if (!may || written === 0) return null;
  async function start() {
    if (draft.changed && (await draft.save()) === null) return;
    const { data } = await client.POST(`${FLOW}/tests/run`, { params: { path: { flow_id: flow.id } } });
    setRun(data ?? null);
  }
  const differences = (run?.results ?? []).flatMap((one) =>
    one.differences.map((off) => ({
      key: `${one.name}.${off.step}.${off.what}`,
      text: `${one.name}: ${off.what} – ${t('trial.expected', { expected: off.expected, got: off.got })}`,
    })),
  );
  return (
    <>
      <Button onClick={() => void start().catch(tell)}>{t('trial.run', { count: written })}</Button>
      {run && (
        <Alert
          type={run.passed ? 'success' : 'error'}
          showIcon
          title={t(run.passed ? 'trial.passed' : 'trial.failed', {
            count: run.results.filter((one) => !one.passed).length,
          })}
          description={
            differences.length > 0 && (
              <ul>
                {differences.map((one) => (
                  <li key={one.key}>{one.text}</li>
                ))}
              </ul>
            )
          }
        />
      )}
    </>
  );
}
