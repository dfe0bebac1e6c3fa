import { fireEvent, render, screen } from '@testing-library/react';
import { Form, type FormInstance } from 'antd';
import { beforeAll, expect, it, vi } from 'vitest';
import { startLanguages } from '@/i18n';
import { EndpointFields } from './EndpointFields';

vi.setConfig({ testTimeout: 60_000 }); // the first form of a page takes a busy machine seconds
beforeAll(startLanguages);

function show(agent: object): { readonly form: FormInstance } {
  const kept: { form?: FormInstance } = {};
  render(
    <Form ref={(one: FormInstance | null) => void (kept.form = one ?? kept.form)} initialValues={agent}>
      <EndpointFields />
    </Form>,
  );
  fireEvent.mouseDown(screen.getByLabelText('Calls ring on'));
  return kept as { form: FormInstance };
}

it('gives an agent who goes back to the page its address there', async () => {
  const { form } = show({ id: 'a_1', endpoint: { kind: 'phone', address: '+442079460123' } });
  fireEvent.click(await screen.findByTitle('This page'));
  expect(form.getFieldValue('endpoint')).toEqual({ kind: 'browser', address: 'client:a_1' });
  await vi.waitFor(() => expect(screen.queryByLabelText('Number or address')).toBeNull());
  fireEvent.click(await screen.findByTitle('SIP phone'));
  expect(form.getFieldValue('endpoint')).toEqual({ kind: 'sip', address: '' });
});

it('offers no page to somebody who was not invited', async () => {
  show({ endpoint: { kind: 'phone', address: '' } });
  await screen.findByTitle('SIP phone');
  expect(screen.queryByTitle('This page')).toBeNull();
});
