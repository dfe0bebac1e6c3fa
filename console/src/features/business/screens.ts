import { AuditOutlined, DollarOutlined } from '@ant-design/icons';
import type { Screen } from '@/app/screens';

export const businessScreens: readonly Screen[] = [
  {
    path: '/usage',
    load: () => import('./Usage'),
    permission: 'costs.read',
    key: 'u',
    menu: { group: 'business', name: 'business:usage.title', icon: DollarOutlined },
  },
  {
    path: '/audit',
    load: () => import('./Audit'),
    permission: 'audit.read',
    menu: { group: 'business', name: 'business:audit.title', icon: AuditOutlined },
  },
];
