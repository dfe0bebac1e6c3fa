import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAmount } from '@/app/Amount';

const STEP = { after_s: 60, by: 10 };

/** After which waits the asked-for levels of skills fall, and by how much (0-100). */
export function Relaxations() {
  const { t } = useTranslation('setup');
  const { t: app } = useTranslation();
  const wait = useAmount({ unit: 'seconds', least: 0, most: 14_400 });
  const levels = useAmount({ least: 0, most: 100 });
  return (
    <Form.List name="relaxations">
      {(rows, { add, remove }) => (
        <Flex vertical gap={4}>
          {rows.map((row) => (
            <Flex key={row.key} gap={8} align="start">
              <Form.Item name={[row.name, 'after_s']} style={{ margin: 0 }} {...wait}>
                <InputNumber
                  aria-label={t('queues.relaxedAfter')}
                  prefix={t('queues.after')}
                  suffix={app('units.seconds')}
                  style={{ width: 160 }}
                />
              </Form.Item>
              <Form.Item name={[row.name, 'by']} style={{ margin: 0 }} {...levels}>
                <InputNumber
                  aria-label={t('queues.relaxedBy')}
                  prefix={t('queues.lowerBy')}
                  precision={0}
                  style={{ width: 160 }}
                />
              </Form.Item>
              <Button
                type="text"
                icon={<MinusCircleOutlined />}
                aria-label={t('queues.removeRelaxation')}
                onClick={() => remove(row.name)}
              />
            </Flex>
          ))}
          <Button size="small" icon={<PlusOutlined />} onClick={() => add(STEP)}>
            {t('queues.addRelaxation')}
          </Button>
        </Flex>
      )}
    </Form.List>
  );
}
