import { CustomerServiceOutlined } from '@ant-design/icons';
import type { Screen } from '@/app/screens';

export const simScreens: readonly Screen[] = [
  {
    path: '/sim',
    load: () => import('./Sim'),
    menu: { group: 'work', name: 'sim:title', icon: CustomerServiceOutlined },
    local: true,
  },
];
