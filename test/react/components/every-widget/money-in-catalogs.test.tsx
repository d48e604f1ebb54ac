import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { BillingPage } from '@usagekit/react';
import { cleanupUsageKit, createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import { type CatalogTemplate, catalogTemplates } from '@usagekit/server/catalogs';
import type { Item } from '@usagekit/server/contract';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { longPatience } from '../../../support/patience.ts';

interface Billed {
  catalog: CatalogTemplate;
  planId: string;
  /** More than the plan includes, where its catalog charges use beyond without being asked. */
  items: Item[];
  /** What is bought besides the plan. */
  addOns?: Record<string, number>;
  /** Each line of the invoice after the first cycle, with its amount. */
  lines: string[];
  total: string;
  /** What the next cycle costs so far. */
  upcoming: string;
  /** What the first line says when it is asked. */
  explained: RegExp;
}

const each: Billed[] = [
  {
    catalog: 'agents',
    planId: 'team',
    items: [{ metric: 'tasks', quantity: '2000' }],
    addOns: { task_pack: 2 },
    lines: ['Team plan$99.00', 'Task pack, 2 at $15.00$30.00'],
    total: '$129.00',
    upcoming: '$129.00',
    explained: /A fixed amount of the plan/,
  },
  {
    catalog: 'workflow',
    planId: 'pro',
    items: [{ metric: 'runs', quantity: '2010' }],
    lines: ['Pro plan$49.00', 'Runs beyond the allowance, 10 runs at $0.02 per run$0.20'],
    total: '$49.20',
    upcoming: '$49.00',
    explained: /Uses that it bills.*10 runs/,
  },
  {
    catalog: 'credits',
    planId: 'pro',
    items: [{ metric: 'app_clones', quantity: '1' }],
    lines: ['Pro plan$20.00'],
    total: '$20.00',
    upcoming: '$20.00',
    explained: /A fixed amount of the plan/,
  },
  {
    catalog: 'automation',
    planId: 'developer',
    items: [{ metric: 'captcha_solves', quantity: '350' }],
    lines: [
      'CAPTCHA solves beyond the allowance, 250 solves at $0.01 per solve$2.50',
      'Developer plan$40.00',
    ],
    total: '$42.50',
    upcoming: '$40.00',
    explained: /Uses that it bills.*250 solves/,
  },
  {
    catalog: 'crm',
    planId: 'growth',
    items: [{ metric: 'emails', quantity: '1' }],
    lines: ['Growth plan$59.00'],
    total: '$59.00',
    upcoming: '$59.00',
    explained: /A fixed amount of the plan/,
  },
];

const widget = async (name: string) => {
  const find = () => document.querySelector<HTMLElement>(`[data-widget="${name}"]`);
  await waitFor(() => expect(find()?.dataset.state).toBe('ready'), longPatience);
  return find() as HTMLElement;
};

/** No text stands for a value that is missing, and money is in no currency but dollars. */
function expectWhole(shown: HTMLElement) {
  expect(shown.textContent).not.toMatch(/undefined|null|NaN|Invalid|\[object|Infinity/);
  expect(shown.textContent).not.toMatch(/[€£¥]/);
}

afterEach(cleanupUsageKit);

describe('BillingPage with the catalogs that come with the server', { timeout: 240_000 }, () => {
  it.each(each)('B7, B8, D9, F11: tells the money of a billed cycle, with $catalog', async (billed) => {
    const mock = createUsageKitMock({
      catalog: catalogTemplates[billed.catalog],
      scenario: 'fresh',
      afterEach: onTestFinished,
    });
    await mock.ready;
    await mock.addPaymentMethod('succeeds');
    await mock.backend.putAccount('acme', { planId: billed.planId });
    for (const [addOn, quantity] of Object.entries(billed.addOns ?? {}))
      await mock.backend.send('PUT', `/v1/accounts/acme/add-ons/${addOn}`, { quantity });
    await mock.backend.consume({ accountId: 'acme', items: billed.items });
    await mock.clock.advance('32d');
    const page = (section: 'overview' | 'payment' | 'invoices') => <BillingPage section={section} />;
    const { container, rerender } = renderWithUsageKit(page('overview'), { mock, role: 'admin' });
    const upcoming = await widget('upcoming-invoice');
    expect(upcoming).toHaveTextContent(`Total so far${billed.upcoming}`);
    expectWhole(container);
    rerender(page('payment'));
    const method = await widget('payment-method');
    expect(method).toHaveTextContent('4242');
    const charges = await widget('charges');
    expect(charges).toHaveTextContent(`Paid${billed.total}`);
    expectWhole(container);
    rerender(page('invoices'));
    const invoices = await widget('invoices');
    expect(invoices).toHaveTextContent(`Paid${billed.total}`);
    expectWhole(container);
    const [latest] = within(invoices).getAllByRole('button', { name: /^Show the lines of / });
    await userEvent.click(latest as HTMLElement);
    const dialog = await screen.findByRole('dialog', {}, longPatience);
    for (const line of billed.lines) expect(dialog).toHaveTextContent(line);
    expect(dialog).toHaveTextContent(`Total${billed.total}`);
    const explain = within(dialog).getAllByRole('button', { name: /^Explain / });
    await userEvent.click(explain[0] as HTMLElement);
    await waitFor(() => expect(dialog).toHaveTextContent(billed.explained), longPatience);
    expectWhole(dialog);
  });
});
