import { expect, it } from 'vitest';
import { whyOf } from './why';

const why = (queue_name: string, menu: string, choice: string) =>
  whyOf({ customer: { queue_name, menu, choice } });

it('says the queue and what was chosen last, and nothing of what is not known', () => {
  expect([why('Billing', 'menu', '1'), why('Billing', '', ''), why('', '', '')]).toEqual([
    'Billing · menu: 1',
    'Billing',
    '',
  ]);
});
