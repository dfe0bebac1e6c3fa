// The recordings of a contact: whoever listens says why, which the audit trail keeps.
import { PlayCircleOutlined } from '@ant-design/icons';
import { Alert, AutoComplete, Button, Card, Flex, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { useMay, type Schemas } from '@/app/me';
import { useWords } from '@/app/problems';
import { span } from '@/lib/format';
import { DeleteRecording, Proof } from './Deletion';
import { Player } from './Player';

type Recording = Schemas['Recording'];
const REASONS = ['quality', 'complaint', 'training'] as const;

interface Given {
  readonly recordings: readonly Recording[];
  /** Their contact is on legal hold: they are not deleted. */
  readonly held: boolean;
}

export function Recordings({ recordings, held }: Given) {
  const { t } = useTranslation('contacts');
  return (
    <Card size="small" title={t('recordings')}>
      <Flex vertical gap={12}>
        {recordings.map((one) => (
          <One key={one.sid} recording={one} held={held} />
        ))}
      </Flex>
    </Card>
  );
}

function One({ recording, held }: { readonly recording: Recording; readonly held: boolean }) {
  const { t } = useTranslation('contacts');
  const words = useWords();
  const may = useMay()('recordings.play');
  const [reason, setReason] = useState('');
  const [playback, setPlayback] = useState<Schemas['Playback'] | null>(null);
  const [error, setError] = useState<unknown>(null);
  if (playback) return <Player playback={playback} />;
  if (!recording.media_key)
    return (
      <Flex gap={8} align="center">
        <Typography.Text type="secondary">
          {t(`sound.${recording.status}` as 'sound.completed', { defaultValue: recording.status })}
        </Typography.Text>
        {recording.status === 'deleted' && <Proof id={recording.sid} />}
      </Flex>
    );
  if (!may) return <Typography.Text type="secondary">{t('sound.mayNot')}</Typography.Text>;
  const play = async () => {
    setError(null);
    const params = { path: { recording_id: recording.sid }, query: { reason } };
    const { data } = await client.GET('/v1/routing/recordings/{recording_id}', { params });
    setPlayback(data ?? null);
  };
  return (
    <>
      <Flex gap={8} align="center" wrap>
        <Typography.Text>{span(recording.duration_s)}</Typography.Text>
        <AutoComplete
          aria-label={t('sound.why')}
          placeholder={t('sound.why')}
          value={reason}
          onChange={setReason}
          options={REASONS.map((name) => ({ value: t(`sound.reasons.${name}`) }))}
          style={{ width: 240 }}
        />
        <Button
          icon={<PlayCircleOutlined />}
          disabled={!reason.trim()}
          onClick={() => void play().catch(setError)}
        >
          {t('sound.listen')}
        </Button>
        {!held && <DeleteRecording id={recording.sid} />}
      </Flex>
      {error !== null && <Alert type="error" showIcon title={words(error)} />}
    </>
  );
}
