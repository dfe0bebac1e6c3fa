// How loud a recording is where: two hex digits a point, as the server measured them.
const LOUDEST = 255;

/** 0 = silence to 1 = as loud as can be, one for each point. */
export const bars = (peaks: string): readonly number[] =>
  (peaks.match(/../g) ?? []).map((two) => Number.parseInt(two, 16) / LOUDEST);
