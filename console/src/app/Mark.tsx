import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { light } from '@/theme/tokens';

const TONES = {
  good: [light.availableTint, light.available],
  warning: [light.wrapUpTint, light.wrapUp],
  note: [light.primaryTint, light.primary],
  plain: [light.offlineTint, light.secondary],
} as const;

/** A word that marks a thing; its text stands out enough from its tint. */
export function Mark({
  tone = 'plain',
  children,
}: {
  readonly tone?: keyof typeof TONES;
  readonly children: ReactNode;
}) {
  const [background, color] = TONES[tone];
  return (
    <Tag style={{ background, color, borderColor: background, marginInlineEnd: 0, alignSelf: 'center' }}>
      {children}
    </Tag>
  );
}
