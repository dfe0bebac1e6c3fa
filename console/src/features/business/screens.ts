import {
  ApiOutlined,
  AuditOutlined,
  CreditCardOutlined,
  DollarOutlined,
  KeyOutlined,
  LinkOutlined,
  SafetyOutlined,
} from '@ant-design/icons';
import type { Screen } from '@/app/screens';
import { readAudit, readDeliveries, readUsage } from './filters';

export const businessScreens: readonly Screen[] = [
  {
    path: '/usage',
    load: () => import('./Usage'),
    permission: 'costs.read',
    key: 'u',
    search: readUsage,
    menu: { group: 'business', name: 'business:usage.title', icon: DollarOutlined },
  },
  {
    path: '/billing',
    load: () => import('./Billing'),
    permission: 'plan.manage',
    key: 'b',
    menu: { group: 'business', name: 'business:billing.title', icon: CreditCardOutlined },
  },
  {
    path: '/webhooks',
    load: () => import('./Webhooks'),
    permission: 'webhooks.read',
    key: 'e',
    menu: { group: 'business', name: 'business:webhooks.title', icon: ApiOutlined },
  },
  {
    path: '/webhooks/$id',
    load: () => import('./Webhook'),
    permission: 'webhooks.read',
    search: readDeliveries,
  },
  {
    path: '/connectors',
    load: () => import('@/features/setup/connectors/Connectors'),
    permission: 'webhooks.read',
    menu: { group: 'business', name: 'connectors:title', icon: LinkOutlined },
  },
  {
    path: '/api-keys',
    load: () => import('./Keys'),
    permission: 'keys.read',
    key: 'k',
    menu: { group: 'business', name: 'business:keys.title', icon: KeyOutlined },
  },
  {
    path: '/roles',
    load: () => import('./Roles'),
    permission: 'people.read',
    menu: { group: 'business', name: 'business:roles.title', icon: SafetyOutlined },
  },
  {
    path: '/audit',
    load: () => import('./Audit'),
    permission: 'audit.read',
    search: readAudit,
    menu: { group: 'business', name: 'business:audit.title', icon: AuditOutlined },
  },
];
