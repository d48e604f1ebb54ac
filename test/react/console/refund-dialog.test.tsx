import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { cleanupUsageKit, createUsageKitMock } from '@usagekit/react/testing';
import type { Account, Charge, Credits, Page } from '@usagekit/server/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { RefundDialog } from '../../../sdk/console/actions/refund-dialog.tsx';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

const consoleApi = '/console/api';

/** An account that bought 500 credits and spent 420, and the console's address of its server. */
async function bought() {
  const mock = createUsageKitMock({
    catalog: smallCatalogConfig,
    scenario: 'fresh',
    afterEach: onTestFinished,
  });
  await mock.ready;
  await mock.addPaymentMethod('succeeds');
  const { backend } = mock;
  const plan = Number((await backend.send<Credits>('GET', '/v1/accounts/acme/credits')).available);
  await backend.send('POST', '/v1/accounts/acme/credit-packs/small/purchase');
  await backend.consume({ accountId: 'acme', items: [{ tool: 'search', calls: (plan + 420) / 2 }] });
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) => {
    const headers = new Headers(init?.headers);
    headers.set('Authorization', `Bearer ${mock.secretKey}`);
    return mock.fetch(String(input).replace(consoleApi, 'http://usage.test'), { ...init, headers });
  });
  const account = await backend.send<Account>('GET', '/v1/accounts/acme');
  const [charge] = (await backend.send<Page<Charge>>('GET', '/v1/accounts/acme/charges')).items;
  const onDone = vi.fn();
  render(<RefundDialog account={account} charge={charge as Charge} onDone={onDone} onClose={() => {}} />);
  const credits = () => backend.send<Credits>('GET', '/v1/accounts/acme/credits');
  expect((await credits()).available).toBe('80');
  return { mock, onDone, credits };
}

// The environment has the element and not its methods.
const modal = {
  showModal(this: HTMLDialogElement) {
    this.open = true;
  },
  close(this: HTMLDialogElement) {
    this.open = false;
  },
};
beforeAll(() => void Object.assign(HTMLDialogElement.prototype, modal));
afterAll(() => {
  for (const name of Object.keys(modal)) Reflect.deleteProperty(HTMLDialogElement.prototype, name);
});
afterEach(cleanupUsageKit);

describe('a refund of bought credits in the console', () => {
  it.each([
    ['take_back', 'Take back, and let what was spent be owed', '-420'],
    ['take_back_unspent', 'Take back what was not spent', '0'],
    ['keep', 'Keep them', '80'],
  ])('C14, F28, G: does with the credits what is chosen: %s', async (value, words, available) => {
    const { mock, onDone, credits } = await bought();
    expect(screen.getByRole('dialog', { name: 'Refund 500 credits' })).toHaveTextContent('$5.00 was charged');
    const choice = screen.getByRole('combobox', { name: 'The credits that it bought' });
    await userEvent.selectOptions(choice, words);
    expect(choice).toHaveValue(value);
    const send = screen.getByRole('button', { name: 'Refund what is left' });
    await userEvent.click(send);
    expect(await screen.findByRole('alert')).toHaveTextContent(/reason/i);
    expect(onDone).not.toHaveBeenCalled();
    await userEvent.type(screen.getByRole('textbox', { name: /Reason/ }), 'Bought twice');
    await userEvent.click(send);
    await waitFor(() => expect(onDone).toHaveBeenCalledOnce());
    await mock.clock.advance('1s');
    await waitFor(async () => expect((await credits()).available).toBe(available));
    const [charge] = (await mock.backend.send<Page<Charge>>('GET', '/v1/accounts/acme/charges')).items;
    expect(charge?.refunded).toEqual({ amount: '5', currency: 'USD' });
  });
});
