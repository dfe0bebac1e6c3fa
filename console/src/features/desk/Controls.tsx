// Hold, mute, keypad, transfer, consult, hang up.
import {
  AudioMutedOutlined,
  NumberOutlined,
  PauseOutlined,
  PhoneOutlined,
  SwapOutlined,
  TeamOutlined,
  UsergroupAddOutlined,
} from '@ant-design/icons';
import { Button, Flex, Popover } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '@/app/keymap';
import { useShortcuts } from '@/app/shortcuts';
import { usePhone } from '@/phone/PhonePart';
import { Keypad } from './Keypad';
import { TargetPicker, type Purpose } from './TargetPicker';
import type { CallControl } from './useCallControl';
import { talks, type Work } from './useDesk';

interface Given {
  readonly work: Work;
  readonly control: CallControl;
}

export function Controls({ work, control }: Given) {
  const { t } = useTranslation('desk');
  const phone = usePhone();
  const [purpose, setPurpose] = useState<Purpose | null>(null);
  const inTalk = talks(work);
  const leads = inTalk && work.role === 'leads';
  const muted = phone.call ? phone.call.muted : work.muted;
  const mute = () => (phone.call ? phone.mute(!muted) : void control.mute(!muted));
  const hold = () => void control.hold(!work.on_hold);
  const keysOf = useKeys();
  const can = (act: () => void) => () => inTalk && act();
  useShortcuts({
    'Alt+Shift+KeyM': can(mute),
    'Alt+Shift+KeyH': () => leads && hold(),
    'Alt+Shift+KeyT': () => leads && setPurpose('transfer'),
    'Alt+Shift+KeyC': () => leads && setPurpose('consult'),
    'Alt+Shift+KeyE': () => void control.hangUp(),
  });
  return (
    <Flex vertical gap={8}>
      <div className="controls">
        <Act
          name={t(work.on_hold ? 'resume' : 'hold')}
          keys="H"
          icon={<PauseOutlined />}
          on={work.on_hold}
          off={!leads}
          waits={control.asked === 'hold'}
          act={hold}
        />
        <Act
          name={t(muted ? 'unmute' : 'mute')}
          keys="M"
          icon={<AudioMutedOutlined />}
          on={muted}
          off={!inTalk}
          waits={control.asked === 'mute'}
          act={mute}
        />
        <Popover trigger="click" content={<Keypad press={(key) => void control.keys(key)} />}>
          <Button icon={<NumberOutlined />} disabled={!inTalk}>
            {t('keypad')}
          </Button>
        </Popover>
        <Act
          name={t('transfer')}
          keys="T"
          icon={<SwapOutlined />}
          off={!leads}
          waits={control.asked === 'transfer'}
          act={() => setPurpose('transfer')}
        />
        <Act
          name={t('consult')}
          keys="C"
          icon={<TeamOutlined />}
          off={!leads}
          waits={control.asked === 'invite'}
          act={() => setPurpose('consult')}
        />
        <Button icon={<UsergroupAddOutlined />} disabled={!leads} onClick={() => setPurpose('conference')}>
          {t('conference')}
        </Button>
      </div>
      <Button
        danger
        type="primary"
        icon={<PhoneOutlined rotate={225} />}
        loading={control.asked === 'hangUp'}
        onClick={() => void control.hangUp()}
        title={keysOf('Alt+Shift+E')}
      >
        {t(work.role === 'leads' ? 'hangUp' : 'leaveCall')}
      </Button>
      {purpose && <TargetPicker purpose={purpose} control={control} close={() => setPurpose(null)} />}
    </Flex>
  );
}

interface ActGiven {
  readonly name: string;
  readonly keys: string;
  readonly icon: ReactNode;
  readonly on?: boolean;
  readonly off: boolean;
  readonly waits: boolean;
  readonly act: () => void;
}

function Act({ name, keys, icon, on = false, off, waits, act }: ActGiven) {
  const keysOf = useKeys();
  return (
    <Button
      icon={icon}
      disabled={off}
      loading={waits}
      onClick={act}
      title={keysOf(`Alt+Shift+${keys}`)}
      type={on ? 'primary' : 'default'}
      aria-pressed={on}
    >
      {name}
    </Button>
  );
}
