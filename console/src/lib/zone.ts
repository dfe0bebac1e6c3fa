// What a clock on the wall of the tenant shows, as a moment.
const PARTS = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const;

/** How far the clocks of the zone are ahead of UTC at that moment, in milliseconds. */
function ahead(zone: string, at: number): number {
  const format = new Intl.DateTimeFormat('en-CA', { ...PARTS, hourCycle: 'h23', timeZone: zone });
  const { year, month, day, hour, minute, second } = Object.fromEntries(
    format.formatToParts(at).map((one) => [one.type, one.value]),
  );
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - Math.floor(at / 1000) * 1000;
}

/** The moment at which clocks of the zone show it. wall: yyyy-mm-ddThh:mm:ss. Where they leap over it: as late after the leap. */
export function momentIn(zone: string, wall: string): number {
  const asked = Date.parse(`${wall}Z`);
  const near = asked - ahead(zone, asked);
  return asked - ahead(zone, near);
}

/** What clocks of the zone show at that moment: yyyy-mm-ddThh:mm:ss. */
export const wallIn = (zone: string, at: number): string =>
  new Date(at + ahead(zone, at)).toISOString().slice(0, 19);
