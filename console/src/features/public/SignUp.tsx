// A stranger asks for an account; a mail with a link follows.
import { MailOutlined, PhoneOutlined, ApartmentOutlined, CustomerServiceOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Alert, Button, Flex, Form, Input, Select, Typography } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Public } from '@/features/session/Public';
import { language } from '@/i18n';
import { countries } from '@/lib/countries';
import { ask } from './ask';
import { Mailbox } from './Mailbox';
import { ownCountry, ownZone, zones } from './places';
import { useSubmit } from '@/app/useSubmit';

const SIGN_UPS = '/v1/tenants/sign-ups';
const INDUSTRIES = ['generic', 'shop', 'clinic', 'restaurant'] as const;
const FIELDS = ['company', 'email', 'country', 'time_zone', 'language', 'industry'] as const;

interface Application {
  readonly company: string;
  readonly email: string;
  readonly country: string;
  readonly time_zone: string;
  readonly language: string;
  readonly industry: string;
}
interface Asked {
  readonly id: string;
  readonly email: string;
}

export default function SignUp() {
  const [asked, setAsked] = useState<Asked | null>(null);
  return asked ? <Mailed asked={asked} change={() => setAsked(null)} /> : <Apply done={setAsked} />;
}

function Apply({ done }: { readonly done: (asked: Asked) => void }) {
  const { t } = useTranslation('public');
  const [form] = Form.useForm<Application>();
  const say = (field: string) => {
    const known = FIELDS.find((one) => one === field);
    return known && t(`faults.${known}`);
  };
  const { trouble, busy, submit } = useSubmit({ form, say });
  async function send(given: Application) {
    const { id } = await ask<{ id: string }>('POST', SIGN_UPS, { body: given });
    done({ id, email: given.email.trim() });
  }
  const needed = [{ required: true, message: t('needed') }];
  return (
    <Public
      title={t('signUp.title')}
      lead={t('signUp.lead')}
      width={480}
      beside={<Promise />}
      elsewhere={
        <>
          {t('signUp.known')} <Link to="/login">{t('signUp.signIn')}</Link>
        </>
      }
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{
          country: ownCountry(),
          time_zone: ownZone(),
          language: language(),
          industry: 'generic',
        }}
        onFinish={(given) => submit(() => send(given))}
      >
        {trouble && <Alert type="error" showIcon title={trouble} style={{ marginBottom: 12 }} />}
        <Form.Item name="company" label={t('signUp.company')} rules={needed}>
          <Input maxLength={120} autoComplete="organization" autoFocus />
        </Form.Item>
        <Form.Item name="email" label={t('signUp.email')} rules={needed} extra={t('signUp.emailHelp')}>
          <Input inputMode="email" autoComplete="email" maxLength={254} />
        </Form.Item>
        <div className="public-pair">
          <Form.Item name="country" label={t('signUp.country')}>
            <Select options={countries()} showSearch={{ optionFilterProp: 'label' }} />
          </Form.Item>
          <Form.Item name="time_zone" label={t('signUp.zone')}>
            <Select options={zones()} showSearch={{ optionFilterProp: 'label' }} />
          </Form.Item>
          <Form.Item name="language" label={t('signUp.language')}>
            <Select
              options={[
                { value: 'en-US', label: 'English' },
                { value: 'zh-CN', label: '简体中文' },
              ]}
            />
          </Form.Item>
          <Form.Item name="industry" label={t('signUp.industry')}>
            <Select options={INDUSTRIES.map((value) => ({ value, label: t(`industries.${value}`) }))} />
          </Form.Item>
        </div>
        <Button block type="primary" htmlType="submit" loading={busy} style={{ marginTop: 4 }}>
          {t('signUp.submit')}
        </Button>
      </Form>
    </Public>
  );
}

/** What one gets, beside the form. */
function Promise() {
  const { t } = useTranslation('public');
  const points: [ReactNode, 'number' | 'menu' | 'test'][] = [
    [<PhoneOutlined key="number" />, 'number'],
    [<ApartmentOutlined key="menu" />, 'menu'],
    [<CustomerServiceOutlined key="test" />, 'test'],
  ];
  return (
    <>
      <Typography.Title level={2} style={{ fontSize: 20 }}>
        {t('promise.title')}
      </Typography.Title>
      <ul className="promise">
        {points.map(([icon, name]) => (
          <li key={name}>
            {icon}
            <div>
              <strong>{t(`promise.${name}`)}</strong>
              <Typography.Text type="secondary">{t(`promise.${name}Text`)}</Typography.Text>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function Mailed({ asked, change }: { readonly asked: Asked; readonly change: () => void }) {
  const { t } = useTranslation('public');
  const [again, setAgain] = useState<'' | 'sent' | 'refused'>('');
  const [busy, setBusy] = useState(false);
  async function mailAgain() {
    setBusy(true);
    await ask('POST', `${SIGN_UPS}/${asked.id}/mails`).then(
      () => setAgain('sent'),
      () => setAgain('refused'),
    );
    setBusy(false);
  }
  return (
    <Public title={t('mailed.title')} width={480}>
      <Flex vertical gap={12}>
        <Flex gap={12} align="start">
          <MailOutlined style={{ fontSize: 20, paddingTop: 2 }} aria-hidden />
          <Typography.Text>
            {t('mailed.text')} <strong>{asked.email}</strong>
            <br />
            <Typography.Text type="secondary">{t('mailed.help')}</Typography.Text>
          </Typography.Text>
        </Flex>
        <Mailbox to={asked.email} />
        <output>
          {again && (
            <Alert type={again === 'sent' ? 'success' : 'warning'} showIcon title={t(`mailed.${again}`)} />
          )}
        </output>
        <Flex gap={8}>
          <Button loading={busy} onClick={() => void mailAgain()}>
            {t('mailed.again')}
          </Button>
          <Button type="link" onClick={change}>
            {t('mailed.change')}
          </Button>
        </Flex>
      </Flex>
    </Public>
  );
}
