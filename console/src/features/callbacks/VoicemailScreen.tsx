import { useTranslation } from 'react-i18next';
import { Page } from '@/app/Page';
import { QueueFilter, useQueueFilter } from './QueueFilter';
import { Voicemails } from './VoicemailList';

export default function VoicemailScreen() {
  const { t } = useTranslation('callbacks');
  return (
    <Page title={t('voicemails')} actions={<QueueFilter />}>
      <Voicemails queue={useQueueFilter()} />
    </Page>
  );
}
