// Names with their values, as rows that are typed in and as the record that is kept.
export type Row = readonly [name: string, value: string];
export type Named = Readonly<Record<string, string>>;

/** What is kept of the rows: without empty ones; a value whose name is missing stays, for the server to refuse. */
export const recordOf = (rows: readonly Row[]): Named =>
  Object.fromEntries(
    rows.map(([name, value]) => [name.trim(), value.trim()]).filter(([name, value]) => name || value),
  );

/** Whether the rows hold just that, however they are written. */
export function holds(rows: readonly Row[], kept: Named): boolean {
  const held = recordOf(rows);
  const names = Object.keys(held);
  return names.length === Object.keys(kept).length && names.every((name) => held[name] === kept[name]);
}
