// Buying a number: what is for sale, and what can be had while the papers of a country are awaited.
import { Alert, Button, Flex, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client } from '@/api/client';
import { Mark } from '@/app/Mark';
import type { Schemas } from '@/app/me';
import { Drawer } from '@/app/Overlay';
import { useTell } from '@/app/problems';
import { Rows } from '@/app/Rows';
import { countries, countryName } from '@/lib/countries';
import { KINDS, type Kind } from './kinds';
import { again, NUMBERS } from './own';
import { usePapers } from './Papers';

type Offered = Schemas['Offered'];
interface Wanted {
  readonly country: string;
  readonly kind: Kind;
  readonly contains: string;
}
const AT_FIRST: Wanted = { country: 'US', kind: 'local', contains: '' };
const MEANWHILE = 'meanwhile';
const NOTHING_SAID = { number: '', contains: '', area_code: '', flow_id: '', name: '', meanwhile: false };

/** busy: what is being bought, by its number. */
function useBuying(close: () => void) {
  const tell = useTell();
  const [busy, setBusy] = useState('');
  async function buy(of: Schemas['BuyText'], as: string) {
    setBusy(as);
    try {
      await client.POST(NUMBERS, { body: of });
      await again();
      close();
    } catch (error) {
      tell(error);
    } finally {
      setBusy('');
    }
  }
  return { busy, buy };
}

export function Buy({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('numbers');
  const [wanted, setWanted] = useState(AT_FIRST);
  const { country, kind } = wanted;
  const asked = api.useQuery('get', `${NUMBERS}/available`, { params: { query: { ...wanted } } });
  const papers = usePapers(country, kind).data;
  const { busy, buy } = useBuying(close);
  const take = ({ number }: Offered) => buy({ ...NOTHING_SAID, country, kind, number }, number);
  return (
    <Drawer open size={520} title={t('buy')} onClose={close}>
      <Search wanted={wanted} search={setWanted} />
      {papers && !papers.can_buy && (
        <Alert
          type="warning"
          showIcon
          style={{ marginTop: 12 }}
          title={t('papers.missing', {
            country: countryName(country),
            state: t(`papers.states.${papers.state}`),
          })}
          description={
            <Flex vertical gap={8} align="start">
              {t('papers.meanwhile')}
              <Button
                size="small"
                loading={busy === MEANWHILE}
                onClick={() => void buy({ ...NOTHING_SAID, country, kind, meanwhile: true }, MEANWHILE)}
              >
                {t('papers.takeMeanwhile')}
              </Button>
            </Flex>
          }
        />
      )}
      <Rows<Offered>
        of={asked}
        rowKey="number"
        style={{ marginTop: 12 }}
        rows={asked.data?.data}
        empty={t('noneOffered')}
        columns={[
          { title: t('number'), dataIndex: 'number' },
          { title: t('place'), dataIndex: 'locality' },
          { key: 'papers', render: (_, one) => one.needs_papers && <Mark>{t('needsPapers')}</Mark> },
          {
            key: 'take',
            align: 'right',
            render: (_, one) =>
              (!one.needs_papers || papers?.can_buy) && (
                <Button size="small" loading={busy === one.number} onClick={() => void take(one)}>
                  {t('take')}
                </Button>
              ),
          },
        ]}
      />
    </Drawer>
  );
}

function Search({ wanted, search }: { readonly wanted: Wanted; readonly search: (wanted: Wanted) => void }) {
  const { t } = useTranslation('numbers');
  return (
    <Form
      layout="vertical"
      initialValues={wanted}
      onFinish={({ contains = '', ...given }: Wanted) => search({ ...given, contains })}
    >
      <Flex gap={8}>
        <Form.Item name="country" label={t('country')}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={countries()} style={{ width: 180 }} />
        </Form.Item>
        <Form.Item name="kind" label={t('kind')}>
          <Select
            style={{ width: 120 }}
            options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="contains" label={t('contains')}>
          <Input inputMode="numeric" maxLength={10} />
        </Form.Item>
      </Flex>
      <Button htmlType="submit">{t('search')}</Button>
    </Form>
  );
}
