// The form of a queue has all that the API lets one set, and begins with what the API would set by itself.
import { QueryClientProvider } from '@tanstack/react-query';
import { act, render } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import { Form, type FormInstance } from 'antd';
import { beforeAll, expect, it, vi } from 'vitest';
import { queries } from '@/api/client';
import { startLanguages } from '@/i18n';
import { freshQueue } from './fresh';
import { QueueFields } from './QueueFields';

vi.setConfig({ testTimeout: 120_000 }); // the longest form takes seconds, on a busy machine many
vi.mock('@/api/client', async (original) => {
  const real = await original<typeof import('@/api/client')>();
  return { ...real, client: { request: vi.fn(async () => ({ data: { data: [] } })) } };
});

interface Described {
  readonly $ref?: string;
  readonly default?: unknown;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly additionalProperties?: unknown;
}
const { schemas } = JSON.parse(readFileSync('../api/openapi.json', 'utf8')).components as {
  schemas: Record<string, Described>;
};
/** Set by the server, or by a supervisor on the floor. */
const ELSEWHERE = ['id', 'version', 'closed', 'closed_until'];

function initial(of: Described): unknown {
  if ('default' in of) return of.default;
  if (of.$ref) return initial(schemas[of.$ref.split('/').at(-1) ?? ''] ?? {});
  if (of.type === 'string') return '';
  return Object.fromEntries(Object.entries(of.properties ?? {}).map(([name, one]) => [name, initial(one)]));
}

const known = Object.fromEntries(
  Object.entries(schemas.QueueGiven?.properties ?? {}).filter(([name]) => !ELSEWHERE.includes(name)),
);

/** callbacks.first, treatment.tier_priority ...: objects by their parts, what has free keys as one. */
function leaves(value: unknown, at = ''): string[] {
  const parts = typeof value === 'object' && value && !Array.isArray(value) ? Object.entries(value) : [];
  return parts.length ? parts.flatMap(([name, part]) => leaves(part, at ? `${at}.${name}` : name)) : [at];
}

beforeAll(startLanguages);

it('begins with what the API would set', () => {
  expect(freshQueue).toEqual(initial({ properties: known }));
});

it('has a field for everything that can be set', async () => {
  let form: FormInstance | null = null;
  const everything = {
    ...freshQueue,
    recording: { ...freshQueue.recording, mode: 'share' },
    callbacks: { ...freshQueue.callbacks, on_machine: 'message' },
    treatment: { ...freshQueue.treatment, language: 'require', promoter_at: 90 },
  };
  await act(async () => {
    render(
      <QueryClientProvider client={queries}>
        <Form ref={(one: FormInstance | null) => void (form = one)} initialValues={everything}>
          <QueueFields />
        </Form>
      </QueryClientProvider>,
    );
  });
  const fields = form!.getFieldsError().map((one) => one.name.join('.'));
  const missing = leaves(freshQueue).filter(
    (leaf) => !fields.some((field) => field === leaf || field.startsWith(`${leaf}.`)),
  );
  expect(missing).toEqual([]);
});
