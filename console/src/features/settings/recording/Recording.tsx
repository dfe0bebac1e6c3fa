// What is recorded beside what queues say: less by number that is called, and by country of the caller.
import { Link } from '@tanstack/react-router';
import { Divider, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/app/me';
import { Loaded } from '@/app/states';
import { Section } from '../Section';
import { CountryRules } from './CountryRules';
import { NumberRules } from './NumberRules';
import { useRules } from './rules';

export function Recording() {
  const { t } = useTranslation('settings');
  const asked = useRules();
  const may = useMay()('recordings.delete');
  return (
    <Section title={t('recording.title')} help={t('recording.help')}>
      <Typography.Paragraph>
        <Link to="/queues">{t('recording.queues')}</Link>
      </Typography.Paragraph>
      <Loaded of={asked}>
        {() =>
          asked.data && (
            <>
              <NumberRules rules={asked.data} may={may} />
              <Divider />
              <CountryRules rules={asked.data} may={may} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
