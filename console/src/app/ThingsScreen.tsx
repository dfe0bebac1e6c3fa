// A screen for a kind of configured thing: the list, and a drawer to make or change one.
import { PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Flex, Form, Popconfirm, type FormInstance, type TableColumnsType } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem';
import { read, remove, store, useThings, type Thing, type ThingsPath } from '@/lib/things';
import { Faults } from './Group';
import { Drawer } from './Overlay';
import { useMay } from './me';
import { Page } from './Page';
import { useFaultWords, useTell, useWords } from './problems';
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
  const ofRule = useFaultWords();
  const [form] = Form.useForm();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [own, setOwn] = useState(thing);
  const [theirs, setTheirs] = useState<T | null>(null);
  const faults = useFaults(form);
  async function save(base: Partial<T> = own) {
    setBusy(true);
    setTheirs(null);
    faults.forget();
    try {
      const sent = Object.entries({ ...base, ...wholeOf(form) }).filter(([name]) => !kept.includes(name));
      await store<T>(path, Object.fromEntries(sent) as Partial<T>);
      close();
    } catch (refused) {
      setError(refused);
      if (own.id && refused instanceof Problem && refused.status === 412)
        setTheirs(await read<T>(path, own.id).catch(() => null));
      if (refused instanceof Problem)
        form.setFields(
          refused.fields.map((one) => ({
            name: nameOf(one.field),
            errors: [ofRule(one) ?? one.detail ?? ''],
          })),
        );
      faults.look();
    } finally {
      setBusy(false);
    }
  }
  /** What somebody else stored meanwhile, in place of what was typed here. */
  function take(now: T) {
    for (const [name, value] of Object.entries(now)) form.setFieldValue(name, value);
    setOwn(now);
    setTheirs(null);
    setError(null);
  }
  const choice = theirs && (
    <Flex gap={8}>
      <Button size="small" onClick={() => take(theirs)}>
        {t('reload')}
      </Button>
      <Button size="small" danger onClick={() => void save(theirs)}>
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
        onFinish={() => void save()}
        onFinishFailed={faults.look}
      >
        <Faults value={faults.names}>{fields}</Faults>
      </Form>
      {beside?.(own, setOwn)}
    </Drawer>
  );
}

/** The fields of the form with all that was in them, also what the form does not show (a part of an object). */
function wholeOf(form: FormInstance): object {
  const all = form.getFieldsValue(true);
  return Object.fromEntries(Object.keys(form.getFieldsValue()).map((name) => [name, all[name]]));
}

/** Which fields are wrong, by their first names; the first of them is brought in sight whenever one looks. */
function useFaults(form: FormInstance) {
  const [names, setNames] = useState<readonly string[]>([]);
  const wrong = () => form.getFieldsError().filter((one) => one.errors.length > 0);
  useEffect(() => {
    const first = names.length > 0 && wrong()[0];
    if (first) form.scrollToField(first.name, { focus: true });
    // oxlint-disable-next-line react/exhaustive-deps -- once for each look, when the group of the field is open
  }, [names]);
  return {
    names,
    look: () => setNames(wrong().map((one) => String(one.name[0]))),
    /** What was said of an earlier attempt. */
    forget: () => form.setFields(wrong().map(({ name }) => ({ name, errors: [] }))),
  };
}

/** The form's name of a field that the API names by its JSON path: $.requirements[0].skill. */
export const nameOf = (path: string): (string | number)[] =>
  path
    .replace(/^\$\.?/, '')
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
