import type { Schemas } from '@/app/me';

export type Kind = Schemas['Kind'];
export const KINDS: readonly Kind[] = ['local', 'mobile', 'toll_free'];
