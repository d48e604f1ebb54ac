import {
  decideCreditNote,
  decideCustomLine,
  formatAmount,
  type InvoiceRecord,
  sumOf,
} from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import fc from '../../../support/fast-check.ts';
import { plansCatalog } from '../../../support/plans-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

const cent = 10_000n;

function taxed(taxes: { label: string; percent: string }[], cents: bigint, carried = 0n) {
  const account = new AccountFixture({}, { catalog: plansCatalog({ billing: { taxes: [] } }) });
  const bill = (amount: bigint) =>
    account.decide((context) =>
      decideCustomLine(context, {
        subject: 'Workshop',
        amount,
        quantity: null,
        coversFromMs: null,
        coversToMs: null,
        due: 'now',
        reason: null,
      }),
    );
  if (carried !== 0n) bill(carried);
  account.withCatalog(plansCatalog({ billing: { taxes } }));
  bill(cents * cent);
  return { account, invoice: [...account.invoices.values()].at(-1) as InvoiceRecord };
}

function credit(account: AccountFixture, { id }: InvoiceRecord, amount: bigint | null): InvoiceRecord {
  const invoice = account.invoices.get(id) as InvoiceRecord;
  const command = { amount, reason: 'Outage', give: 'balance' } as const;
  return account.decide((context) => decideCreditNote(context, invoice, {}, command)).creditNote;
}

const taxesOf = ({ lines }: InvoiceRecord) =>
  lines.filter(({ kind }) => kind === 'tax').map(({ subject, amount }) => [subject, formatAmount(amount)]);

it('L240: a credit note gives back each tax in its share, and the last one what is left of it', () => {
  const rates = [
    { label: 'GST', percent: '5' },
    { label: 'QST', percent: '9.975' },
  ];
  const { account, invoice } = taxed(rates, 10_000n);
  expect([formatAmount(invoice.total), taxesOf(invoice)]).toEqual([
    '114.98',
    [
      ['GST', '5'],
      ['QST', '9.98'],
    ],
  ]);
  expect(taxesOf(credit(account, invoice, 30_000_000n))).toEqual([
    ['GST', '-1.3'],
    ['QST', '-2.6'],
  ]);
  expect(taxesOf(credit(account, invoice, null))).toEqual([
    ['GST', '-3.7'],
    ['QST', '-7.38'],
  ]);
});

it('L240: a balance that the invoice used is no part of the share', () => {
  const { account, invoice } = taxed([{ label: 'VAT', percent: '20' }], 10_000n, -60_000_000n);
  expect(formatAmount(invoice.total)).toBe('60');
  expect(taxesOf(credit(account, invoice, null))).toEqual([['VAT', '-10']]);
});

it('L240: gives back exactly the tax, however the invoice is credited in parts', () => {
  const percent = fc.integer({ min: 0, max: 50_000 }).map((thousandths) => String(thousandths / 1_000));
  const cents = fc.bigInt({ min: 1n, max: 1_000_000n });
  fc.assert(
    fc.property(
      cents,
      fc.array(percent, { maxLength: 3 }),
      fc.array(cents, { maxLength: 6 }),
      (price, rates, parts) => {
        const { account, invoice } = taxed(
          rates.map((each, index) => ({ label: `Tax ${index}`, percent: each })),
          price,
        );
        const notes: InvoiceRecord[] = [];
        for (const part of parts) {
          const left = invoice.total - (account.invoices.get(invoice.id)?.credited ?? 0n);
          if (part * cent < left) notes.push(credit(account, invoice, part * cent));
        }
        notes.push(credit(account, invoice, null));
        for (const { kind, subject, amount } of invoice.lines) {
          const back = notes.flatMap(({ lines }) =>
            lines.filter((line) => line.kind === kind && line.subject === subject),
          );
          if (kind === 'tax') expect(sumOf(back.map((line) => line.amount))).toBe(-amount);
        }
        for (const note of notes) {
          expect(sumOf(note.lines.map(({ amount }) => amount))).toBe(note.total);
          expect(note.lines.every(({ amount }) => amount <= 0n && amount % cent === 0n)).toBe(true);
        }
      },
    ),
    { numRuns: 100 },
  );
});
