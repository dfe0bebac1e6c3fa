import { Card, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePhone } from '@/phone/PhonePart';
import { useDesk } from './useDesk';

export default function DeskScreen() {
  const { t } = useTranslation('desk');
  const desk = useDesk();
  const phone = usePhone();
  return (
    <Card title={t('title')} size="small">
      <Typography.Paragraph>{t(`phone.${phone.state}`)}</Typography.Paragraph>
      <Typography.Paragraph type="secondary">
        {desk?.work ? desk.work.customer.name || t('unknownCaller') : t('idle')}
      </Typography.Paragraph>
    </Card>
  );
}
