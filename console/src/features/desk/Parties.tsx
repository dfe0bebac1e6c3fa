// Everybody else in the call: speak with them, hand the call over, let them go.
import { Button, Flex, Typography } from 'antd';
import { Mark } from '@/app/Mark';
import { useTranslation } from 'react-i18next';
import type { CallControl } from './useCallControl';
import type { Work } from './useDesk';

export function Parties({ work, control }: { readonly work: Work; readonly control: CallControl }) {
  const { t } = useTranslation('desk');
  const leads = work.role === 'leads';
  const joined = work.parties.some((one) => one.state === 'joined' && !one.mode);
  return (
    <Flex component="section" vertical gap={8} aria-label={t('parties')}>
      {work.parties
        .filter((one) => !one.mode)
        .map((one) => (
          <Flex key={one.id} vertical gap={4}>
            <Flex justify="space-between">
              <Typography.Text strong>{one.name || one.address}</Typography.Text>
              <Mark tone={one.state === 'ringing' ? 'note' : 'plain'}>
                {t(one.state === 'ringing' ? 'partyRings' : one.on_hold ? 'onHold' : 'partyJoined')}
              </Mark>
            </Flex>
            {leads && (
              <Flex gap={4} wrap>
                {one.state === 'joined' && (
                  <>
                    <Button
                      size="small"
                      loading={control.asked === `handOver ${one.id}`}
                      onClick={() => void control.handOver(one.id)}
                    >
                      {t('handOver')}
                    </Button>
                    <Button
                      size="small"
                      loading={control.asked === `speak ${one.id}`}
                      onClick={() => void control.speakWith(one.id)}
                    >
                      {t('speakWith', { name: one.name || one.address })}
                    </Button>
                  </>
                )}
                <Button
                  size="small"
                  danger
                  loading={control.asked === `drop ${one.id}`}
                  onClick={() => void control.drop(one.id)}
                >
                  {t('drop')}
                </Button>
              </Flex>
            )}
          </Flex>
        ))}
      {leads && joined && (
        <Flex gap={4} wrap>
          <Button
            size="small"
            loading={control.asked === 'speak customer'}
            onClick={() => void control.speakWith('customer')}
          >
            {t('speakWithCustomer')}
          </Button>
          <Button
            size="small"
            loading={control.asked === 'speak everyone'}
            onClick={() => void control.speakWith('everyone')}
          >
            {t('merge')}
          </Button>
        </Flex>
      )}
    </Flex>
  );
}
