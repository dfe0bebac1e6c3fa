import { PhoneOutlined } from '@ant-design/icons';
import type { Screen } from '@/app/screens';

export const deskScreens: readonly Screen[] = [
  {
    path: '/desk',
    load: () => import('./Desk'),
    permission: 'calls.take',
    key: 'd',
    menu: { group: 'work', name: 'desk:title', icon: PhoneOutlined },
  },
];
