import { BranchesOutlined, SoundOutlined } from '@ant-design/icons';
import type { Screen } from '@/app/screens';

export const flowScreens: readonly Screen[] = [
  {
    path: '/flows',
    load: () => import('./Flows'),
    permission: 'flows.read',
    key: 'f',
    menu: { group: 'setUp', name: 'flows:title', icon: BranchesOutlined },
  },
  {
    path: '/prompts',
    load: () => import('./Prompts'),
    permission: 'flows.read',
    menu: { group: 'setUp', name: 'flows:prompts.title', icon: SoundOutlined },
  },
  { path: '/flows/$id', load: () => import('./Designer'), permission: 'flows.read' },
];
