// What concerns the whole flow: its name, what it speaks, whom 0 leads to, who takes a call that it cannot lead on.
import { Form, Input, Select, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { languageName } from '@/lib/format';
import { Pick } from '@/app/Pick';
import { useEditor } from './editor';

interface Given {
  readonly name: string;
  readonly rename: (name: string) => void;
  readonly fixed: boolean;
  /** How many steps are chosen. */
  readonly picked: number;
}
const LANGUAGES = ['en-US', 'zh-CN', 'en-GB', 'de-DE', 'es-ES', 'fr-FR', 'zh-HK'];

export function FlowSettings({ name, rename, fixed, picked }: Given) {
  const { t } = useTranslation('flows');
  const { document, edit } = useEditor();
  const steps = Object.keys(document.nodes).map((value) => ({ value, label: value }));
  return (
    <Form layout="vertical" disabled={fixed} component="div">
      <Typography.Paragraph type="secondary">
        {picked > 1 ? t('pickedMany', { count: picked }) : t('pickOne')}
      </Typography.Paragraph>
      <Form.Item label={t('name')}>
        <Input
          aria-label={t('name')}
          maxLength={120}
          value={name}
          onChange={(event) => rename(event.target.value)}
        />
      </Form.Item>
      <Form.Item label={t('languages')} extra={t('languagesHelp')}>
        <Select
          mode="tags"
          aria-label={t('languages')}
          value={[...(document.languages ?? [])]}
          options={LANGUAGES.map((value) => ({ value, label: languageName(value) }))}
          onChange={(languages: string[]) => edit({ ...document, languages })}
        />
      </Form.Item>
      <Form.Item label={t('startAt')}>
        <Select
          showSearch
          aria-label={t('startAt')}
          value={document.start || undefined}
          options={steps}
          onChange={(start: string) => edit({ ...document, start })}
        />
      </Form.Item>
      <Form.Item label={t('person')} extra={t('personHelp')}>
        <Select
          showSearch
          allowClear
          aria-label={t('person')}
          value={document.person || undefined}
          options={steps}
          onChange={(person: string | undefined) => edit({ ...document, person: person ?? '' })}
        />
      </Form.Item>
      <Form.Item label={t('fallback')} extra={t('fallbackHelp')}>
        <Pick
          from="/v1/routing/queues"
          allowClear
          aria-label={t('fallback')}
          value={document.fallback_queue || undefined}
          onChange={(queue: string | undefined) => edit({ ...document, fallback_queue: queue ?? '' })}
        />
      </Form.Item>
    </Form>
  );
}
