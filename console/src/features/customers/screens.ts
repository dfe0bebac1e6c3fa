import { ContactsOutlined } from '@ant-design/icons';
import type { Screen } from '@/app/screens';
import { readFilters } from './filters';

export const customerScreens: readonly Screen[] = [
  {
    path: '/customers',
    load: () => import('./Customers'),
    permission: 'customers.read',
    key: 't',
    search: readFilters,
    menu: { group: 'work', name: 'customers:title', icon: ContactsOutlined },
  },
  { path: '/customers/$id', load: () => import('./Customer'), permission: 'customers.read' },
];
