// Keys into the call: clicked, or typed while it is open; what was pressed stays in sight.
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const KEYS = [...'123456789*0#'];

export function Keypad({ press }: { readonly press: (key: string) => void }) {
  const { t } = useTranslation('desk');
  const [pressed, setPressed] = useState('');
  const act = (key: string) => {
    setPressed((before) => (before + key).slice(-24));
    press(key);
  };
  return (
    <div>
      <Input
        autoFocus
        readOnly
        aria-label={t('pressed')}
        value={pressed}
        style={{ width: 152, marginBottom: 4 }}
        onKeyDown={(event) => {
          if (!KEYS.includes(event.key)) return;
          event.preventDefault();
          act(event.key);
        }}
      />
      <div className="keypad">
        {KEYS.map((key) => (
          <Button key={key} onClick={() => act(key)}>
            {key}
          </Button>
        ))}
      </div>
    </div>
  );
}
