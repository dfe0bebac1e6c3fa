/** days: null is as long as the account. Whether something that is kept now is over then. */
export const shorter = (now: number | null, then: number | null | undefined): boolean =>
  typeof then === 'number' && (now === null || then < now);
