// More time for wrap-up: asked of the server, which says how often yet; used up, the button says why it rests.
import { Button, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useKeys } from '@/app/keymap';
import { useShortcuts } from '@/app/shortcuts';
import { useCallControl } from './useCallControl';
import type { Work } from './useDesk';

export function MoreTime({ work }: { readonly work: Work }) {
  const { t } = useTranslation('desk');
  const control = useCallControl(work);
  const keys = useKeys();
  const left = work.wrap_up_extensions_left;
  const waits = control.asked === 'moreTime';
  const ask = () => void (left > 0 && !waits && control.moreTime());
  useShortcuts({ 'Alt+Shift+KeyL': ask });
  return (
    <>
      <Button
        disabled={left === 0}
        loading={waits}
        onClick={ask}
        title={keys('Alt+Shift+L')}
        aria-describedby="time-left"
      >
        {t('moreTime')}
      </Button>
      <Typography.Text id="time-left" type="secondary">
        {left === 0 ? t('noMoreTime') : t('moreTimeLeft', { count: left })}
      </Typography.Text>
    </>
  );
}
