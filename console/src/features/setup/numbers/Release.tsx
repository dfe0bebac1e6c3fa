// A number is given back for ever; one of another carrier only leaves us.
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { useTell } from '@/app/problems';
import { again, NUMBERS, type Line } from './own';

export function Release({ number: { number, origin } }: { readonly number: Line }) {
  const { t } = useTranslation('numbers');
  const tell = useTell();
  const words = origin === 'forwarded' ? 'detach' : 'release';
  const release = () =>
    client
      .POST(`${NUMBERS}/{number}/release`, { params: { path: { number } } })
      .catch(tell)
      .finally(again);
  return (
    <Popconfirm title={t(`${words}Ask`, { number })} okText={t(words)} onConfirm={release}>
      <Button size="small" danger>
        {t(words)}
      </Button>
    </Popconfirm>
  );
}
