// Customers: found by number or by how their name begins; without a search all of them, by name.
import { PlusOutlined } from '@ant-design/icons';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from '@/app/Mark';
import { useMay } from '@/app/me';
import { Page } from '@/app/Page';
import { Rows } from '@/app/Rows';
import { languageName, NONE } from '@/lib/format';
import { CustomerDrawer } from './CustomerDrawer';
import { made, useCustomers, type Customer, type Draft } from './customers';
import { isNumber, type Filters } from './filters';
import { Tags } from './Tags';

export default function Customers() {
  const { t } = useTranslation('customers');
  const { q = '' } = useSearch({ strict: false }) as Filters;
  const asked = useCustomers(q);
  const add = <Add words={q} />;
  return (
    <Page title={t('title')} actions={add}>
      <Search words={q} />
      <Rows<Customer>
        of={asked}
        rows={asked.rows}
        empty={q ? t('notFound', { words: q }) : t('empty')}
        columns={[
          {
            title: t('name'),
            render: (_, { id, name }) => (
              <Link to="/customers/$id" params={{ id }}>
                {name || t('nameless')}
              </Link>
            ),
          },
          { title: t('numbers'), render: (_, { numbers }) => numbers.join(', ') || NONE },
          { title: t('tier'), render: (_, { tier }) => tier && <Mark tone="warning">{tier}</Mark> },
          { title: t('tags'), render: (_, { tags }) => <Tags tags={tags} /> },
          { title: t('language'), render: (_, { language }) => languageName(language) },
          {
            title: t('score'),
            align: 'right',
            render: (_, { last_score: score }) => (score === null ? NONE : Math.round(score)),
          },
        ]}
      />
    </Page>
  );
}

function Search({ words }: { readonly words: string }) {
  const { t } = useTranslation('customers');
  const go = useNavigate();
  return (
    <Input.Search
      allowClear
      key={words}
      aria-label={t('search')}
      placeholder={t('search')}
      defaultValue={words}
      style={{ maxWidth: 360 }}
      onSearch={(q) => void go({ to: '.', search: { q: q.trim() || undefined } })}
    />
  );
}

/** words: what was looked for is what a new customer begins with. */
function Add({ words }: { readonly words: string }) {
  const { t } = useTranslation('customers');
  const go = useNavigate();
  const [open, setOpen] = useState(false);
  if (!useMay()('customers.write')) return null;
  const add = async (draft: Draft) => {
    const customer = await made(draft);
    if (customer) void go({ to: '/customers/$id', params: { id: customer.id } });
  };
  return (
    <>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen(true)}>
        {t('add')}
      </Button>
      {open && (
        <CustomerDrawer
          title={t('add')}
          customer={isNumber(words) ? { numbers: [words] } : { name: words }}
          submit={add}
          close={() => setOpen(false)}
        />
      )}
    </>
  );
}
