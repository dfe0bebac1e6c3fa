import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Openings } from './Week';

/** Days with hours of their own; none: closed all day. */
export function Holidays() {
  const { t } = useTranslation('setup');
  return (
    <Form.List name="holidays">
      {(rows, { add, remove }) => (
        <Flex vertical gap={8}>
          {rows.map((row) => (
            <Flex key={row.key} gap={8} align="start">
              <Form.Item name={[row.name, 'date']} noStyle rules={[{ required: true }]}>
                <Input type="date" aria-label={t('hours.date')} style={{ width: 140 }} />
              </Form.Item>
              <Form.Item name={[row.name, 'name']} noStyle>
                <Input aria-label={t('name')} placeholder={t('name')} style={{ width: 120 }} />
              </Form.Item>
              <Form.Item name={[row.name, 'openings']} noStyle>
                <Openings name={t('hours.holiday')} />
              </Form.Item>
              <Button
                type="text"
                icon={<MinusCircleOutlined />}
                aria-label={t('hours.remove')}
                onClick={() => remove(row.name)}
              />
            </Flex>
          ))}
          <Button
            size="small"
            icon={<PlusOutlined />}
            onClick={() => add({ date: '', name: '', openings: [] })}
          >
            {t('hours.addHoliday')}
          </Button>
        </Flex>
      )}
    </Form.List>
  );
}
