import { HistoryOutlined } from '@ant-design/icons';
import type { Screen } from '@/app/screens';
import { readFilters } from './filters';

export const contactScreens: readonly Screen[] = [
  {
    path: '/contacts',
    load: () => import('./Contacts'),
    permission: 'contacts.read',
    key: 'o',
    search: readFilters,
    menu: { group: 'learn', name: 'contacts:title', icon: HistoryOutlined },
  },
  { path: '/contacts/$id', load: () => import('./Contact'), permission: 'contacts.read' },
];
