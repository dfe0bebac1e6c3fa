import { fireEvent, render, screen } from '@testing-library/react';
import { App, Button, Form, Input } from 'antd';
import { beforeAll, expect, it, vi } from 'vitest';
import { Problem } from '@/api/problem';
import { startLanguages } from '@/i18n';
import { useSubmit } from './useSubmit';

vi.setConfig({ testTimeout: 30_000 }); // the first form of a page takes a busy machine seconds

beforeAll(startLanguages);

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

it('says the rule that was broken with its values, where the page has no words for the field', async () => {
  const rule = { code: 'text_length', params: { most: 80 }, detail: 'server words' };
  sent(new Problem(400, 'invalid_input', 'Wrong.', [{ field: '$.password', ...rule }]));
  expect(await screen.findByText('At most 80 characters.')).toBeInTheDocument();
});

it('uses the words of the server for a rule that is not known here', async () => {
  sent(new Problem(400, 'invalid_input', 'Wrong.', [{ field: '$.password', code: 'new', detail: 'No.' }]));
  expect(await screen.findByText('No.')).toBeInTheDocument();
});

it('says a rule that is about no field above the form, with states by their names', async () => {
  sent(new Problem(409, 'conflict', 'Wrong.', [{ code: 'you_are', params: { state: 'wrap_up' } }]));
  expect(await screen.findByText('trouble: You are Wrap-up.')).toBeInTheDocument();
});

it('puts a refusal without a field where the page says it belongs', async () => {
  sent(new Problem(401, 'unauthenticated', 'Wrong password.'), { 401: 'password' });
  expect(await screen.findByText('Please sign in again.')).toBeInTheDocument();
  expect(screen.getByLabelText('Password')).toHaveFocus();
});

it('says above the form what belongs to no field of it', async () => {
  sent(new Problem(400, 'invalid_input', 'Wrong.', [{ field: '$.country', detail: 'No country.' }]));
  expect(await screen.findByText(/trouble: .+/)).toBeInTheDocument();
});
