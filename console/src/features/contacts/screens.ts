import { HistoryOutlined, LockOutlined, PlayCircleOutlined } from '@ant-design/icons';
import type { Screen } from '@/app/screens';
import { readCommon, readFilters } from './filters';

export const contactScreens: readonly Screen[] = [
  {
    path: '/contacts',
    load: () => import('./Contacts'),
    permission: 'contacts.read',
    key: 'o',
    search: readFilters,
    menu: { group: 'learn', name: 'contacts:title', icon: HistoryOutlined },
  },
  { path: '/contacts/$id', load: () => import('./Contact'), permission: 'contacts.read' },
  {
    path: '/recordings',
    load: () => import('./RecordingList'),
    permission: 'recordings.play',
    search: readCommon,
    menu: { group: 'learn', name: 'contacts:recordings', icon: PlayCircleOutlined },
  },
  {
    path: '/legal-holds',
    load: () => import('./Holds'),
    permission: 'recordings.delete',
    menu: { group: 'learn', name: 'contacts:legal.title', icon: LockOutlined },
  },
];
