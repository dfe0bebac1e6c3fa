// What a customer is marked with.
import { Flex } from 'antd';
import { Mark } from '@/app/Mark';

export function Tags({ tags }: { readonly tags: readonly string[] }) {
  return (
    <Flex gap={4} wrap>
      {tags.map((tag) => (
        <Mark key={tag}>{tag}</Mark>
      ))}
    </Flex>
  );
}
