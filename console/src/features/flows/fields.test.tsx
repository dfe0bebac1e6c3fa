import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Values } from './fields';

it('shows a case that takes beginnings only, and two that take the same', () => {
  const twice = { values: ['gold'], next: '' };
  render(<Values value={[{ prefixes: ['+86'], next: '' }, twice, twice]} onChange={() => {}} />);
  expect(screen.getByText('+86…')).toBeInTheDocument();
  expect(screen.getAllByText('gold')).toHaveLength(2);
});
