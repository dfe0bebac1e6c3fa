/** For the field of a form that keeps "" while nothing is chosen. */
export const orNone = {
  getValueProps: (kept?: string) => ({ value: kept || undefined }),
  normalize: (chosen?: string) => chosen ?? '',
};
