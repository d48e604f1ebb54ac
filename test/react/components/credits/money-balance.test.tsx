import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  BillingPage,
  CreditBalance,
  OutOfCredits,
  PurchaseDialog,
  TasksPage,
  UsagePage,
  WhyBlocked,
} from '@usagekit/react';
import { ar } from '@usagekit/react/messages/ar';
import { de } from '@usagekit/react/messages/de';
import { ja } from '@usagekit/react/messages/ja';
import {
  cleanupUsageKit,
  createUsageKitMock,
  renderWithUsageKit,
  type UsageKitMock,
} from '@usagekit/react/testing';
import { catalogTemplates } from '@usagekit/server/catalogs';
import type { Refusal } from '@usagekit/server/contract';
import type { ReactElement } from 'react';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';

const items = [{ model: 'base', outputTokens: 100_000 }];

/** The CRM, whose AI budget and prepaid balance are in dollars, with use beyond the budget, a purchase and auto top-up. */
async function crmMock(): Promise<UsageKitMock> {
  const mock = createUsageKitMock({
    scenario: 'fresh',
    catalog: { ...catalogTemplates.crm, defaultPlanId: 'growth' },
    afterEach: onTestFinished,
  });
  await mock.ready;
  await mock.addPaymentMethod();
  const accountId = 'acme';
  const { backend } = mock;
  await backend.send('POST', `/v1/accounts/${accountId}/credit-packs/ai25/purchase`);
  await backend.send('PUT', `/v1/accounts/${accountId}/auto-top-up`, {
    enabled: true,
    threshold: '5',
    packId: 'ai25',
  });
  // The budget is twenty dollars.
  const category = 'email';
  await backend.consume({ accountId, items: [{ model: 'base', outputTokens: 1_400_000 }], category });
  await backend.startTask({
    id: 'draft',
    accountId,
    name: 'Draft a follow-up',
    status: 'in_progress',
    category,
  });
  await backend.changeTask('draft', { accountId, items });
  return mock;
}

const show = (element: ReactElement, mock: UsageKitMock) =>
  renderWithUsageKit(element, { mock, role: 'super_admin' });
/** Everything that is written, in texts, names and titles. */
const written = () =>
  [
    document.body.textContent ?? '',
    ...[...document.querySelectorAll('[aria-label], [aria-valuetext], [title]')].flatMap((element) =>
      ['aria-label', 'aria-valuetext', 'title'].map((name) => element.getAttribute(name) ?? ''),
    ),
  ]
    .join('\n')
    .replaceAll('\u00a0', ' ');
/** Lines that speak of credits. A catalog's own name for a unit is its own, and so is the paper that takes an invoice back. */
const linesOfCredits = () =>
  written()
    .split('\n')
    .filter((line) => /credit/i.test(line.replaceAll(/credit notes?|AI credits?/gi, '')));
const amountsInWords = () => written().match(/[\d.,]+[^\S\n]*(AI credits?|credits?|USD)\b/gi) ?? [];
const present = (text: string | RegExp) => waitFor(() => expect(written()).toMatch(text));

afterEach(cleanupUsageKit);

describe('a product whose balance is money', () => {
  it('E3, E4: writes what was spent, bought and left as money, on every page', async () => {
    const mock = await crmMock();
    for (const [page, texts] of [
      [<UsagePage key="usage" />, [/Available/, '$22.50', '2026: $22.50 in all']],
      [
        <BillingPage key="credits" section="credits" />,
        ['Adds $25.00 when the balance falls below $5.00', '$25.00 added for $25', 'Balance', 'Add funds'],
      ],
      [<BillingPage key="plans" section="plans" />, ['Ultra']],
      [<TasksPage key="tasks" />, ['Draft a follow-up', '$1.50']],
      [<WhyBlocked key="why" />, [/nothing/i]],
    ] as const) {
      const { unmount } = show(page, mock);
      for (const text of texts) await present(text);
      expect(amountsInWords()).toEqual([]);
      expect(linesOfCredits()).toEqual([]);
      expect(document.querySelector('[data-widget="credit-balance"] h2')?.textContent ?? 'Balance').toBe(
        'Balance',
      );
      unmount();
    }
  });

  it('C11, E3: says in money what is missing', async () => {
    const mock = await crmMock();
    const { refusal } = await mock.backend.send<{ refusal: Refusal }>('POST', '/v1/check', {
      accountId: 'acme',
      items: [{ model: 'base', outputTokens: 9_000_000 }],
      category: 'email',
    });
    expect(refusal.message).toMatch(/^This needs [\d.]+ USD, and [\d.]+ are available\.$/);
    show(<OutOfCredits refusal={refusal} />, mock);
    await present(/\$\d/);
    expect(amountsInWords()).toEqual([]);
    expect(refusal.actions).toContainEqual(
      expect.objectContaining({ kind: 'buy_credits', label: 'Add funds', currency: 'USD' }),
    );
    expect(screen.getByRole('heading')).toHaveTextContent('Balance too low');
    expect(screen.getByRole('link', { name: 'Add funds' })).toBeVisible();
    expect(linesOfCredits()).toEqual([]);
  });

  it('C6: is added to from its own widget, in a dialog that says what is added and what it costs once', async () => {
    const mock = await crmMock();
    const ui = <CreditBalance purchaseDialog={PurchaseDialog} />;
    show(ui, mock);
    await userEvent.click(await screen.findByRole('button', { name: 'Add funds' }));
    const dialog = await screen.findByRole('dialog', { name: 'Add funds' });
    await within(dialog).findByRole('radiogroup', { name: 'Amount' });
    // The pack costs what it adds.
    expect(within(dialog).getByRole('radio').parentElement).toHaveTextContent(/^\$25\.00$/);
    expect(dialog).toHaveTextContent('Available now$22.50Amount+$25.00Available afterwards$47.50');
    expect(linesOfCredits()).toEqual([]);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Add $25.00' }));
    await within(dialog).findByText('$25.00 added');
    expect(linesOfCredits()).toEqual([]);
  });

  it.each([
    ['de', de, 'Guthaben aufladen', /credit/i],
    ['ja', ja, '残高をチャージ', /credit|クレジット/i],
    ['ar', ar, 'إضافة رصيد', /credit|كريديت/i],
  ] as const)('E4: is called so in %s', async (locale, messages, addFunds, ofCredits) => {
    const mock = await crmMock();
    const page = <BillingPage section="credits" />;
    renderWithUsageKit(page, { mock, role: 'super_admin', provider: { locale, messages } });
    await screen.findByRole('button', { name: addFunds });
    await waitFor(() => expect(document.querySelector('[aria-busy]')).toBeNull());
    const said = written().replaceAll(/AI credits?|クレジットノート/gi, '');
    expect(said.split('\n').filter((line) => ofCredits.test(line))).toEqual([]);
  });
});
