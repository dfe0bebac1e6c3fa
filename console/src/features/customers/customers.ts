// Customers as the API has them: found, made, changed.
import { client, queries } from '@/api/client';
import { Problem } from '@/api/problem';
import type { Schemas } from '@/app/me';
import { usePages } from '@/lib/pages';
import { isNumber } from './filters';

export type Customer = Schemas['Customer'];
export type Draft = Required<Schemas['CustomerDraft']>;

export const CUSTOMERS = '/v1/customers';
export const ONE = `${CUSTOMERS}/{customer_id}` as const;
const FIELDS = ['name', 'numbers', 'language', 'tier', 'tags'] as const;

/** Those whose names begin so, or who has the number; without words everybody, by name. */
export function useCustomers(words: string) {
  return usePages<Customer>(['customers', words], (from) =>
    isNumber(words)
      ? whoHas(words)
      : client.GET(`${CUSTOMERS}/search`, { params: { query: { ...(words && { name: words }), ...from } } }),
  );
}

/** Nobody has what is no number, or not yet a whole one. */
async function whoHas(number: string): Promise<{ data: { data: Customer[] } }> {
  try {
    const { data } = await client.GET(CUSTOMERS, { params: { query: { number } } });
    return { data: { data: data ? [data] : [] } };
  } catch (error) {
    if (error instanceof Problem && [400, 404].includes(error.status)) return { data: { data: [] } };
    throw error;
  }
}

/** What a person says of a customer. */
export function draftOf(customer: Partial<Customer>): Draft {
  const { name = '', numbers = [], language = '', tier = '', tags = [] } = customer;
  return { name, numbers, language, tier, tags };
}

/** Whether both say the same; what the product counts itself (version, score) is no difference. */
export const sameSaid = (one: Customer, other: Customer): boolean =>
  FIELDS.every((field) => JSON.stringify(one[field]) === JSON.stringify(other[field]));

const again = async () => {
  await queries.invalidateQueries({ queryKey: ['get', ONE] });
  await queries.invalidateQueries({ queryKey: ['customers'] });
};

export async function made(body: Draft): Promise<Customer | undefined> {
  const { data } = await client.POST(CUSTOMERS, { body });
  await again();
  return data;
}

/** A survey's score may have come meanwhile: that takes nothing from anybody, so it is tried once more. */
export async function changed(customer: Customer, body: Draft): Promise<void> {
  const path = { customer_id: customer.id };
  const put = (version: number) =>
    client.PUT(ONE, { params: { path, header: { 'If-Match': `"${version}"` } }, body });
  try {
    await put(customer.version);
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 412) throw error;
    const { data: now } = await client.GET(ONE, { params: { path } });
    if (!now || !sameSaid(now, customer)) throw error;
    await put(now.version);
  } finally {
    await again();
  }
}
