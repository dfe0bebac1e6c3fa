import { SettingOutlined } from '@ant-design/icons';
import type { Screen } from '@/app/screens';

export const settingsScreens: readonly Screen[] = [
  {
    path: '/settings',
    load: () => import('./Settings'),
    permission: [
      'auth.policy',
      'recordings.delete',
      'person.erase',
      'numbers.write',
      'tenant.export',
      'ownership.transfer',
      'tenant.close',
    ],
    key: 'y',
    menu: { group: 'business', name: 'settings:title', icon: SettingOutlined },
  },
];
