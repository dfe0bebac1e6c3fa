import { FlagOutlined } from '@ant-design/icons';
import type { Screen } from '@/app/screens';

export const welcomeScreens: readonly Screen[] = [
  {
    path: '/welcome',
    load: () => import('./Welcome'),
    permission: 'flows.publish',
    menu: { group: 'setUp', name: 'welcome:menu', icon: FlagOutlined },
  },
];
