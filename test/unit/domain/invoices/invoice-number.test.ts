import {
  addInvoice,
  createMoneySums,
  decideCreditNote,
  decideCustomLine,
  findMoneyDrift,
  type InvoiceRecord,
  nextNumber,
  parseAmount,
} from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import { billingConfig } from '../../../../server/src/contract/invoices/invoices-schemas.ts';
import { plansCatalog } from '../../../support/plans-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

const named = (id: string, numberPrefix: string) =>
  nextNumber(
    { profile: { id }, billing: { numbered: { invoice: 0, credit_note: 0 } } } as never,
    { billing: { numberPrefix } } as never,
    'invoice',
  );

/** Issues an invoice of one line. */
const bill = (account: AccountFixture, subject: string) =>
  account.decide((context) =>
    decideCustomLine(context, {
      subject,
      amount: parseAmount('10'),
      quantity: null,
      coversFromMs: null,
      coversToMs: null,
      due: 'now',
      reason: null,
    }),
  );

it('L239: counts on without a gap where the prefix changes, and leaves the numbers that were given', () => {
  const account = new AccountFixture({}, { catalog: plansCatalog({ billing: {} }) });
  bill(account, 'First');
  account.withCatalog(plansCatalog({ billing: { numberPrefix: 'INV-{account}-' } }));
  bill(account, 'Second');
  const second = [...account.invoices.values()].at(-1) as InvoiceRecord;
  account.decide((context) =>
    decideCreditNote(context, second, {}, { amount: null, reason: 'Outage', give: 'balance' }),
  );
  const code = /^INV-([0-9A-HJKMNP-TV-Z]{12})-2$/.exec(second.number)?.[1];
  expect([...account.invoices.values()].map(({ number }) => number)).toEqual([
    'INV-1',
    `INV-${code}-2`,
    `INV-${code}-CN-1`,
  ]);
  const sums = createMoneySums();
  for (const invoice of account.invoices.values()) addInvoice(sums, invoice);
  expect(findMoneyDrift(account.state, sums)).toEqual([]);
});

it('L239: gives no two accounts the same number, and one account the same code at all times', () => {
  const accounts = 100_000;
  const numbers = new Set(
    Array.from({ length: accounts }, (_, index) => named(`account-${index}`, 'INV-{account}-')),
  );
  expect(numbers.size).toBe(accounts);
  // What is printed on invoices may never come out another way.
  expect(named('acme', 'INV-{account}-')).toBe('INV-NA0G3WVFEE1R-1');
});

it.each(['', 'INV-', '2026/', '{account}-', 'INV-{account}/', 'INV-{account}-B'])(
  'L239: takes the prefix %j',
  (numberPrefix) => {
    expect(billingConfig.safeParse({ numberPrefix }).success).toBe(true);
  },
);

it.each(['INV_', 'INV2026', '{account}', '{account}-1', '{account}-{account}-', '{plan}-'])(
  'L239: refuses the prefix %j, from which the count could not be told apart',
  (numberPrefix) => {
    expect(billingConfig.safeParse({ numberPrefix }).success).toBe(false);
  },
);
