import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';

/** A list of skills with the level that is needed (0-100). */
export function Skills({ name }: { readonly name: string }) {
  const { t } = useTranslation('setup');
  return (
    <Form.List name={name}>
      {(rows, { add, remove }) => (
        <Flex vertical gap={4}>
          {rows.map((row) => (
            <Flex key={row.key} gap={8} align="center">
              <Form.Item name={[row.name, 'skill']} noStyle rules={[{ required: true }]}>
                <Input aria-label={t('skill')} placeholder={t('skill')} />
              </Form.Item>
              <Form.Item name={[row.name, 'level']} noStyle>
                <InputNumber aria-label={t('level')} min={0} max={100} placeholder={t('level')} />
              </Form.Item>
              <Button
                type="text"
                icon={<MinusCircleOutlined />}
                aria-label={t('removeSkill')}
                onClick={() => remove(row.name)}
              />
            </Flex>
          ))}
          <Button size="small" icon={<PlusOutlined />} onClick={() => add({ skill: '', level: 0 })}>
            {t('addSkill')}
          </Button>
        </Flex>
      )}
    </Form.List>
  );
}
