// Which countries may be called, and whether emergency services may be.
import { Alert, App, Button, Card, Checkbox, Flex, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { api, client, queries } from '@/api/client';
import { useMay, type Schemas } from '@/app/me';
import { Loaded } from '@/app/states';
import { useSubmit } from '@/app/useSubmit';
import { countries } from '@/lib/countries';
import { NUMBERS } from './own';

type Allowed = Schemas['CountriesView'];
type Given = Schemas['CountriesText'];
const ALLOWED = `${NUMBERS}/allowed-countries` as const;

export function CallsOut() {
  const asked = api.useQuery('get', ALLOWED);
  return (
    <Loaded of={asked}>{() => asked.data && <Fields key={asked.data.version} allowed={asked.data} />}</Loaded>
  );
}

function Fields({ allowed }: { readonly allowed: Allowed }) {
  const { t } = useTranslation('numbers');
  const { t: app } = useTranslation();
  const { message } = App.useApp();
  const may = useMay()('numbers.write');
  const [form] = Form.useForm<Given>();
  const { trouble, busy, submit } = useSubmit({ form });
  const save = (body: Given) =>
    submit(async () => {
      await client.PUT(ALLOWED, { params: { header: { 'If-Match': `"${allowed.version}"` } }, body });
      await queries.invalidateQueries({ queryKey: ['get', ALLOWED] });
      void message.success(app('saved'));
    });
  return (
    <Card size="small" style={{ maxWidth: 640 }}>
      <Flex vertical gap={12}>
        <Alert type="info" title={t('out.help')} />
        {trouble && <Alert type="error" showIcon title={trouble} />}
        <Form form={form} layout="vertical" disabled={!may} initialValues={allowed} onFinish={save}>
          <Form.Item name="countries" label={t('out.countries')}>
            <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={countries()} />
          </Form.Item>
          <Form.Item name="emergency" valuePropName="checked" extra={t('out.emergencyHelp')}>
            <Checkbox>{t('out.emergency')}</Checkbox>
          </Form.Item>
          {may && (
            <Button htmlType="submit" loading={busy}>
              {app('save')}
            </Button>
          )}
        </Form>
      </Flex>
    </Card>
  );
}
