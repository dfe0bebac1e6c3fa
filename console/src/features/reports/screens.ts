import { BarChartOutlined } from '@ant-design/icons';
import type { Screen } from '@/app/screens';
import { readFilters } from './filters';

export const reportScreens: readonly Screen[] = [
  {
    path: '/reports',
    load: () => import('./Reports'),
    permission: 'reports.read',
    key: 'r',
    search: readFilters,
    menu: { group: 'learn', name: 'reports:title', icon: BarChartOutlined },
  },
];
