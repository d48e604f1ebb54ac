import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { notPermitted } from '../../../../sdk/gallery/gallery-state.ts';
import { CreditBalanceView } from '../../../../sdk/src/components/credit-balance/index.ts';
import { patience } from '../../../support/patience.ts';

// In a file of its own: the reason is loaded once for all tests of a file.
it('E4: stays as it was while it loaded until the reason has come why the caller may not see it, and is never an empty card', async () => {
  const { container } = render(<CreditBalanceView resource={notPermitted()} />);
  const skeletons = () => container.querySelectorAll('.uk-skeleton').length;
  expect(screen.queryByText(/Your role/)).toBeNull();
  expect(skeletons()).toBeGreaterThan(3);
  expect(await screen.findByText('Your role does not include the balance', {}, patience)).toBeVisible();
  expect(skeletons()).toBe(0);
});
