/** Whether nobody hears of it any more. */
export const ended = ({ until }: { readonly until: number | null }, now: number): boolean =>
  until !== null && until <= now;
