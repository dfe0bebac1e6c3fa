// What one page of signing in hands to the next: kept in memory only, until it is used.
interface Handed {
  readonly email?: string;
  readonly password?: string;
}

let handed: Handed = {};

export function handOver(next: Handed): void {
  handed = next;
}

export const handedOver = (): Handed => handed;
