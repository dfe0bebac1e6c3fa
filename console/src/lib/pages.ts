// A long list, read page after page.
import { useInfiniteQuery } from '@tanstack/react-query';

interface Page<T> {
  readonly data: readonly T[];
  readonly next_cursor?: string | null;
}
type From = { readonly cursor?: string };

/** rows: of all pages read so far. read: one page, from the cursor on. */
export function usePages<T>(
  key: readonly unknown[],
  read: (from: From) => Promise<{ data?: Page<T> }>,
  refetchInterval?: number,
) {
  const asked = useInfiniteQuery({
    queryKey: key,
    initialPageParam: {} as From,
    refetchInterval,
    queryFn: async ({ pageParam }) => (await read(pageParam)).data ?? { data: [] },
    getNextPageParam: (last: Page<T>) => (last.next_cursor ? { cursor: last.next_cursor } : undefined),
  });
  return { ...asked, rows: asked.data?.pages.flatMap((page) => page.data) ?? [] };
}
