import { waitFor } from '@testing-library/react';
import { BillingPage, OutOfCredits, TasksPage, UsagePage, WhyBlocked } from '@usagekit/react';
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
        ['Buys $25.00 for $25 when the balance falls below $5.00', '$25.00 bought for $25', 'Balance'],
      ],
      [<BillingPage key="plans" section="plans" />, ['Ultra']],
      [<TasksPage key="tasks" />, ['Draft a follow-up', '$1.50']],
      [<WhyBlocked key="why" />, [/nothing/i]],
    ] as const) {
      const { unmount } = show(page, mock);
      for (const text of texts) await present(text);
      expect(amountsInWords()).toEqual([]);
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
  });
});
