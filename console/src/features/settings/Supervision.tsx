// Whether supervisors may listen to a call without the agent being shown who does.
import { Flex, Radio, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '@/api/client';
import { useMay, type Schemas } from '@/app/me';
import { useTell } from '@/app/problems';
import { Loaded } from '@/app/states';
import { Section } from './Section';
import { over, thenRead } from './stored';

const RULES = '/v1/routing/supervision-rules';
const KINDS = ['shown', 'private'] as const;

export function Supervision() {
  const { t } = useTranslation('settings');
  const asked = api.useQuery('get', RULES);
  return (
    <Section title={t('supervision.title')} help={t('supervision.help')}>
      <Loaded of={asked}>{() => asked.data && <Choice rules={asked.data} />}</Loaded>
    </Section>
  );
}

function Choice({ rules }: { readonly rules: Schemas['SupervisionRules'] }) {
  const { t } = useTranslation('settings');
  const may = useMay()('auth.policy');
  const tell = useTell();
  const [busy, setBusy] = useState(false);
  const now = rules.private_listening ? 'private' : 'shown';
  async function choose(private_listening: boolean) {
    setBusy(true);
    const body = { private_listening };
    await thenRead(RULES, client.PUT(RULES, { params: over(rules.version), body })).catch(tell);
    setBusy(false);
  }
  if (!may) return <Typography.Text>{t(`supervision.${now}`)}</Typography.Text>;
  return (
    <Radio.Group
      aria-label={t('supervision.title')}
      disabled={busy}
      value={now}
      onChange={(event) => void choose(event.target.value === 'private')}
    >
      <Flex vertical gap={8}>
        {KINDS.map((kind) => (
          <Radio key={kind} value={kind}>
            {t(`supervision.${kind}`)}
            <div className="under">{t(`supervision.${kind}Help`)}</div>
          </Radio>
        ))}
      </Flex>
    </Radio.Group>
  );
}
