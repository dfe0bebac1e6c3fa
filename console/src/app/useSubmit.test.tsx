import { fireEvent, render, screen } from '@testing-library/react';
import { App, Button, Form, Input } from 'antd';
import { expect, it, vi } from 'vitest';
import { Problem } from '@/api/problem';
import { useSubmit } from './useSubmit';

vi.setConfig({ testTimeout: 30_000 }); // the first form of a page takes a busy machine seconds

const say = (field: string) => (field === 'email' ? 'No address.' : undefined);

function Page({ refusal, at }: { readonly refusal: Problem; readonly at?: Record<number, string> }) {
  const [form] = Form.useForm();
  const { trouble, submit } = useSubmit({ form, say, at });
  return (
    <Form form={form} onFinish={() => submit(() => Promise.reject(refusal))}>
      <p>trouble: {trouble}</p>
      <Form.Item name="email" label="E-mail">
        <Input />
      </Form.Item>
      <Form.Item name="password" label="Password">
        <Input />
      </Form.Item>
      <Button htmlType="submit">Send</Button>
    </Form>
  );
}

function sent(refusal: Problem, at?: Record<number, string>) {
  render(
    <App>
      <Page refusal={refusal} at={at} />
    </App>,
  );
  fireEvent.click(screen.getByText('Send'));
}

it('says beside its field what is wrong with it, in words of the page, and goes there', async () => {
  sent(new Problem(400, 'invalid_input', 'Wrong.', [{ field: '$.email', detail: 'server words' }]));
  expect(await screen.findByText('No address.')).toBeInTheDocument();
  expect(screen.getByLabelText('E-mail')).toHaveFocus();
  expect(screen.getByText('trouble:')).toBeInTheDocument();
});

it('uses the words of the server for a field that the page has none for', async () => {
  sent(new Problem(400, 'weak_password', 'Weak.', [{ field: '$.password', detail: 'Too short.' }]));
  expect(await screen.findByText('Too short.')).toBeInTheDocument();
});

it('puts a refusal without a field where the page says it belongs', async () => {
  sent(new Problem(401, 'unauthenticated', 'Wrong password.'), { 401: 'password' });
  expect(await screen.findByText('Wrong password.')).toBeInTheDocument();
  expect(screen.getByLabelText('Password')).toHaveFocus();
});

it('says above the form what belongs to no field of it', async () => {
  sent(new Problem(400, 'invalid_input', 'Wrong.', [{ field: '$.country', detail: 'No country.' }]));
  expect(await screen.findByText(/trouble: .+/)).toBeInTheDocument();
});
