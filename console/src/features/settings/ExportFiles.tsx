// The files of an export, each by a link that is good for five minutes.
import { DownloadOutlined } from '@ant-design/icons';
import { Button, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { client } from '@/api/client';
import { useZone, type Schemas } from '@/app/me';
import { Drawer } from '@/app/Overlay';
import { useTell } from '@/app/problems';
import { Rows } from '@/app/Rows';
import { count, moment } from '@/lib/format';
import { usePages } from '@/lib/pages';
import { size } from './size';

const FILES = '/v1/tenants/exports/{export_id}/files';
type File = Schemas['FileView'];

interface Given {
  readonly of: Schemas['ExportView'];
  readonly close: () => void;
}

export function ExportFiles({ of: { id, started_at }, close }: Given) {
  const { t } = useTranslation('settings');
  const zone = useZone();
  const path = { export_id: id };
  const asked = usePages<File>(['export-files', id], (query) =>
    client.GET(FILES, { params: { path, query } }),
  );
  return (
    <Drawer open size={640} title={`${t('exports.files')}: ${moment(started_at, zone)}`} onClose={close}>
      <Typography.Paragraph type="secondary">{t('exports.filesHelp')}</Typography.Paragraph>
      <Rows<File>
        of={asked}
        rows={asked.rows}
        rowKey="name"
        columns={[
          { title: t('exports.file'), dataIndex: 'name', render: (name: string) => <Name>{name}</Name> },
          { title: t('exports.rows'), align: 'right', render: (_, one) => count(one.rows) },
          { title: t('exports.size'), align: 'right', render: (_, one) => size(one.size) },
          { key: 'actions', render: (_, one) => <Fetch export_id={id} name={one.name} /> },
        ]}
      />
    </Drawer>
  );
}

const Name = ({ children }: { readonly children: string }) => (
  <span style={{ wordBreak: 'break-all' }}>{children}</span>
);

function Fetch({ export_id, name }: { readonly export_id: string; readonly name: string }) {
  const { t } = useTranslation('settings');
  const tell = useTell();
  async function fetchFile() {
    const { data } = await client.GET(`${FILES}/{name}`, { params: { path: { export_id, name } } });
    if (data) open(data.url, name);
  }
  return (
    <Button
      size="small"
      icon={<DownloadOutlined />}
      aria-label={`${t('exports.download')}: ${name}`}
      onClick={() => void fetchFile().catch(tell)}
    />
  );
}

/** Beside this page, should the browser show such a file instead of keeping it. */
function open(href: string, download: string) {
  Object.assign(document.createElement('a'), { href, download, target: '_blank', rel: 'noopener' }).click();
}
