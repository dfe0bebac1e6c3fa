import { DesktopOutlined } from '@ant-design/icons';
import type { Screen } from '@/app/screens';

export const wallboardScreens: readonly Screen[] = [
  {
    path: '/wallboards',
    load: () => import('./Boards'),
    permission: 'floor.watch',
    key: 'w',
    menu: { group: 'watch', name: 'wallboards:title', icon: DesktopOutlined },
  },
  { path: '/wallboards/$id', load: () => import('./Board'), permission: 'floor.watch' },
  { path: '/wallboards/$id/wall', load: () => import('./FullScreen'), permission: 'floor.watch', bare: true },
];

/** Open to who has a link. */
export const wallboardPages = [{ path: '/tv', load: () => import('./Tv') }];
