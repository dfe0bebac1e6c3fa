import { AudioOutlined, PhoneFilled } from '@ant-design/icons';
import type { Screen } from '@/app/screens';

export const callbackScreens: readonly Screen[] = [
  {
    path: '/callbacks',
    load: () => import('./Callbacks'),
    permission: 'callbacks.read',
    key: 'c',
    menu: { group: 'work', name: 'callbacks:callbacks', icon: PhoneFilled },
  },
  {
    path: '/voicemail',
    load: () => import('./VoicemailScreen'),
    permission: 'voicemails.read',
    key: 'v',
    menu: { group: 'work', name: 'callbacks:voicemails', icon: AudioOutlined },
  },
];
