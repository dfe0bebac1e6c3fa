// A screen for a kind of configured thing: the list, and a drawer to make or change one.
import { PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Flex, Form, Popconfirm, type TableColumnsType } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { read, remove, store, useThings, type Thing, type ThingsPath } from '@/lib/things';
import { Drawer } from './Overlay';
import { useMay } from './me';
import { Page } from './Page';
import { useTell, useWords } from './problems';
import { Rows } from './Rows';

type Named = Thing & { readonly name: string };

interface Given<T extends Named> {
  readonly path: ThingsPath;
  /** Who may change them. */
  readonly write: string;
  readonly title: string;
  readonly empty: string;
  readonly columns: TableColumnsType<T>;
  /** What a new one begins with. */
  readonly fresh: Partial<T>;
  /** The fields of the form. */
  readonly fields: ReactNode;
  readonly width?: number;
  /** Fields that the server sets: not sent. */
  readonly kept?: readonly string[];
  /** What stands below the form and is stored by itself. */
  readonly beside?: (thing: Partial<T>, changed: (thing: T) => void) => ReactNode;
}

export function ThingsScreen<T extends Named>({
  path,
  write,
  title,
  empty,
  columns,
  fresh,
  fields,
  width = 480,
  kept,
  beside,
}: Given<T>) {
  const { t } = useTranslation();
  const asked = useThings<T>(path);
  const may = useMay()(write);
  const tell = useTell();
  const [open, setOpen] = useState<Partial<T> | null>(null);
  const add = may && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(fresh)}>
      {t('add')}
    </Button>
  );
  const actions = (one: T) => (
    <Flex gap={4} justify="end">
      <Button size="small" onClick={() => setOpen(one)}>
        {t('edit')}
      </Button>
      <Popconfirm
        title={t('deleteAsk', { name: one.name })}
        okText={t('delete')}
        onConfirm={() => remove(path, one.id).catch(tell)}
      >
        <Button size="small" danger>
          {t('delete')}
        </Button>
      </Popconfirm>
    </Flex>
  );
  return (
    <Page title={title} actions={add}>
      <Rows<T>
        of={asked}
        rows={asked.data}
        empty={empty}
        action={add}
        columns={may ? [...columns, { key: 'actions', render: (_, one) => actions(one) }] : columns}
      />
      {open && (
        <Editor
          path={path}
          title={open.name || title}
          thing={open}
          fields={fields}
          width={width}
          kept={kept}
          beside={beside}
          close={() => setOpen(null)}
        />
      )}
    </Page>
  );
}

interface EditorGiven<T extends Named> {
  readonly path: ThingsPath;
  readonly title: string;
  readonly thing: Partial<T>;
  readonly fields: ReactNode;
  readonly width: number;
  readonly kept?: readonly string[];
  readonly beside?: (thing: Partial<T>, changed: (thing: T) => void) => ReactNode;
  readonly close: () => void;
}

function Editor<T extends Named>({
  path,
  title,
  thing,
  fields,
  width,
  kept = [],
  beside,
  close,
}: EditorGiven<T>) {
  const { t } = useTranslation();
  const words = useWords();
  const [form] = Form.useForm();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [own, setOwn] = useState(thing);
  const [theirs, setTheirs] = useState<T | null>(null);
  async function save(values: object, version = own.version) {
    setBusy(true);
    setTheirs(null);
    try {
      const sent = Object.entries({ ...own, ...values, version }).filter(([name]) => !kept.includes(name));
      await store<T>(path, Object.fromEntries(sent) as Partial<T>);
      close();
    } catch (refused) {
      setError(refused);
      if (own.id && refused instanceof Problem && refused.status === 412)
        setTheirs(await read<T>(path, own.id).catch(() => null));
      if (refused instanceof Problem)
        form.setFields(
          refused.fields.map((one) => ({ name: nameOf(one.field), errors: [one.detail ?? ''] })),
        );
    } finally {
      setBusy(false);
    }
  }
  /** What somebody else stored meanwhile, in place of what was typed here. */
  function take(now: T) {
    form.setFieldsValue(now);
    setOwn(now);
    setTheirs(null);
    setError(null);
  }
  const choice = theirs && (
    <Flex gap={8}>
      <Button size="small" onClick={() => take(theirs)}>
        {t('reload')}
      </Button>
      <Button size="small" danger onClick={() => void save(form.getFieldsValue(), theirs.version)}>
        {t('keepMine')}
      </Button>
    </Flex>
  );
  return (
    <Drawer
      open
      size={width}
      title={title}
      onClose={close}
      footer={
        <Flex gap={8} justify="end">
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="primary" loading={busy} onClick={() => form.submit()}>
            {t('save')}
          </Button>
        </Flex>
      }
    >
      {error !== null && (
        <Alert type="error" style={{ marginBottom: 12 }} title={words(error)} action={choice} />
      )}
      <Form
        form={form}
        layout="vertical"
        initialValues={thing}
        onFinish={(values: object) => void save(values)}
        scrollToFirstError
      >
        {fields}
      </Form>
      {beside?.(own, setOwn)}
    </Drawer>
  );
}

/** The form's name of a field that the API names by its JSON path: $.requirements[0].skill. */
export const nameOf = (path: string): (string | number)[] =>
  path
    .replace(/^\$\.?/, '')
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
