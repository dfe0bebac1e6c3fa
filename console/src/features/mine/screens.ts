import { IdcardOutlined } from '@ant-design/icons';
import type { Screen } from '@/app/screens';

export const mineScreens: readonly Screen[] = [
  {
    path: '/me',
    load: () => import('./Mine'),
    permission: 'reports.own',
    key: 'm',
    menu: { group: 'work', name: 'mine:title', icon: IdcardOutlined },
  },
];
