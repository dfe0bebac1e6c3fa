import { DashboardOutlined } from '@ant-design/icons';
import type { Screen } from '@/app/screens';

export const floorScreens: readonly Screen[] = [
  {
    path: '/live',
    load: () => import('./Floor'),
    permission: 'floor.watch',
    key: 'l',
    menu: { group: 'watch', name: 'floor:title', icon: DashboardOutlined },
  },
];
