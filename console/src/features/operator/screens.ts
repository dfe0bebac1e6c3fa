import { ClusterOutlined } from '@ant-design/icons';
import type { Screen } from '@/app/screens';
import { readFilters } from './filters';

export const operatorScreens: readonly Screen[] = [
  {
    path: '/operator',
    load: () => import('./Desk'),
    operator: true,
    search: readFilters,
    menu: { group: 'operator', name: 'operator:title', icon: ClusterOutlined },
  },
  { path: '/operator/$id', load: () => import('./Tenant'), operator: true },
];
