/** The same keys with other words: what a translation must satisfy. */
export type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]> };
