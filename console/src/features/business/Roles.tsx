// What each role may do, and sets of permissions of the tenant's own.
import { CheckOutlined } from '@ant-design/icons';
import { Card, Checkbox, Form, Input, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { Schemas } from '@/app/me';
import { ThingsScreen } from '@/app/ThingsScreen';
import { usePermissionWords } from '@/app/permissions';
import { Loaded } from '@/app/states';

type PermissionSet = Schemas['PermissionSet'];

export default function Roles() {
  const { t } = useTranslation('business');
  const asked = api.useQuery('get', '/v1/tenants/roles', {}, { staleTime: Infinity });
  const permissions = asked.data?.permissions ?? [];
  const said = usePermissionWords();
  return (
    <>
      <ThingsScreen<PermissionSet>
        path="/v1/tenants/permission-sets"
        write="auth.policy"
        title={t('roles.title')}
        empty={t('roles.empty')}
        width={560}
        fresh={{ name: '', permissions: [] }}
        columns={[
          { title: t('name'), dataIndex: 'name' },
          { title: t('roles.permissions'), render: (_, one) => one.permissions.map(said).join(', ') },
        ]}
        fields={
          <>
            <Form.Item name="name" label={t('name')} rules={[{ required: true }]}>
              <Input maxLength={80} />
            </Form.Item>
            <Form.Item name="permissions" label={t('roles.permissions')} extra={t('roles.help')}>
              <Choices permissions={permissions} />
            </Form.Item>
          </>
        }
      />
      <Card size="small" title={t('roles.builtIn')} style={{ marginTop: 12 }}>
        <Loaded of={asked}>{() => asked.data && <Matrix roles={asked.data} />}</Loaded>
      </Card>
    </>
  );
}

interface ChoicesGiven {
  readonly permissions: readonly string[];
  readonly id?: string;
  readonly value?: string[];
  readonly onChange?: (value: string[]) => void;
}

/** Permissions by what they are about: calls.take and calls.monitor stand together. */
function Choices({ permissions, value, onChange }: ChoicesGiven) {
  const said = usePermissionWords();
  const groups = new Map<string, string[]>();
  for (const one of permissions) {
    const about = one.split('.')[0] ?? one;
    groups.set(about, [...(groups.get(about) ?? []), one]);
  }
  return (
    <Checkbox.Group value={value} onChange={(chosen) => onChange?.(chosen)} style={{ display: 'block' }}>
      {[...groups].map(([about, inside]) => (
        <div key={about} style={{ display: 'flex', flexWrap: 'wrap', gap: 8, padding: '4px 0' }}>
          {inside.map((one) => (
            <Checkbox key={one} value={one}>
              {said(one)}
            </Checkbox>
          ))}
        </div>
      ))}
    </Checkbox.Group>
  );
}

function Matrix({ roles }: { readonly roles: Schemas['Roles'] }) {
  const { t } = useTranslation('business');
  const { t: setup } = useTranslation('setup');
  const said = usePermissionWords();
  const names = Object.keys(roles.roles);
  return (
    <Table<{ readonly permission: string }>
      size="small"
      rowKey="permission"
      pagination={false}
      scroll={{ x: 'max-content' }}
      dataSource={roles.permissions.map((permission) => ({ permission }))}
      columns={[
        { title: t('roles.permission'), dataIndex: 'permission', render: said },
        ...names.map((name) => ({
          title: setup(`people.roles.${name}` as 'people.roles.owner', { defaultValue: name }),
          key: name,
          align: 'center' as const,
          render: (_: unknown, { permission }: { readonly permission: string }) =>
            roles.roles[name]?.includes(permission) ? <CheckOutlined aria-label={t('roles.may')} /> : '',
        })),
      ]}
    />
  );
}
