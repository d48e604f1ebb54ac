import { describe, expect, it } from 'vitest';
import type { Invoice, InvoiceLine } from '../../../../server/src/contract/invoices/invoices.ts';
import { MissingGlyphError } from '../../../../server/src/node/invoice-pdf/faces.ts';
import { renderInvoicePdf } from '../../../../server/src/node/invoice-pdf/render-invoice-pdf.ts';
import { readPdf } from './read-pdf.ts';

const period = { periodStartsAt: '2026-10-31T23:00:00.000Z', periodEndsAt: '2026-11-30T23:00:00.000Z' };

function lineOf(over: Partial<InvoiceLine>, currency = 'EUR'): InvoiceLine {
  return {
    id: 'line-1',
    kind: 'plan_fee',
    subject: 'Pro',
    metric: null,
    quantity: null,
    unit: null,
    rate: null,
    ratePer: null,
    share: null,
    ...period,
    amount: { amount: '49', currency },
    ...over,
  };
}

function invoiceOf(over: Partial<Invoice> = {}): Invoice {
  const currency = over.currency ?? 'EUR';
  const money = (amount: string) => ({ amount, currency });
  return {
    id: 'invoice-1',
    kind: 'invoice',
    number: 'ACME-0007',
    correctsNumber: null,
    status: 'open',
    currency,
    ...period,
    issuedAt: '2026-11-30T23:00:00.000Z',
    dueAt: '2026-12-14T23:00:00.000Z',
    paidAt: null,
    seller: {
      name: 'Fieldnote GmbH',
      addressLines: ['Große Straße 5', '10115 Berlin'],
      taxId: 'DE123456789',
      email: null,
    },
    buyer: { name: 'Acme', addressLines: ['1 Main Street'], taxId: null, email: 'billing@example.com' },
    lines: [lineOf({}, currency)],
    subtotal: money('49'),
    tax: money('0'),
    total: money('49'),
    amountPaid: money('0'),
    amountCredited: money('0'),
    amountDue: money('49'),
    note: null,
    timeZone: 'Europe/Berlin',
    ...over,
  };
}

async function textOf(invoice: Invoice, locale = 'en'): Promise<string> {
  const pages = await readPdf(await renderInvoicePdf(invoice, { locale }));
  return pages.map(({ text }) => text).join(' ');
}

describe('the PDF of an invoice', () => {
  it('has no heading for a seller that the catalog does not name', async () => {
    const seller = { name: '', addressLines: [], taxId: null, email: null };
    expect(await textOf(invoiceOf())).toMatch(/From.*Billed to/);
    expect(await textOf(invoiceOf({ seller }))).not.toContain('From');
  });

  it('B7: tells number, dates in the account’s zone, both parties, lines and sums', async () => {
    const text = await textOf(
      invoiceOf({
        lines: [
          lineOf({}),
          lineOf({
            kind: 'overage',
            subject: 'AI tokens',
            metric: 'ai_tokens',
            quantity: '1234000',
            unit: { one: 'token', other: 'tokens' },
            rate: { amount: '10', currency: 'EUR' },
            ratePer: 1_000_000,
            amount: { amount: '12.34', currency: 'EUR' },
          }),
        ],
      }),
    );
    for (const said of [
      'Invoice',
      'ACME-0007',
      'Dec 1, 2026',
      'Dec 15, 2026',
      'Nov 1, 2026 – Nov 30, 2026',
      'Fieldnote GmbH',
      'Große Straße 5',
      'Tax ID: DE123456789',
      'billing@example.com',
      'Plan: Pro',
      'Usage beyond the allowance: AI',
      '1,234,000 tokens',
      '€10.00 per 1,000,000',
      '€12.34',
      'Amount due',
      'Page 1 of 1',
    ]) {
      expect(text).toContain(said);
    }
  });

  it('is in the words, figures and dates of the locale', async () => {
    const german = await textOf(invoiceOf(), 'de-DE');
    expect(german).toContain('Rechnung');
    expect(german).toContain('1. Dez. 2026');
    expect(german).toMatch(/49,00\s€/);
    const japanese = await textOf(invoiceOf(), 'ja-JP');
    expect(japanese).toContain('請求書');
    expect(japanese).toMatch(/2026 ?年12月1日/);
  });

  it('joins Arabic letters and keeps the order of a name of three words', async () => {
    const name = 'شركة النور للتجارة';
    const bytes = await renderInvoicePdf(invoiceOf({ buyer: { ...invoiceOf().buyer, name } }), {
      locale: 'ar',
    });
    const [page] = await readPdf(bytes);
    expect(page?.text).toContain(name);
    expect(page?.text).toContain('فاتورة');
  });

  it('stands from the right where the language reads from the right', async () => {
    const titleAt = async (locale: string, title: string) => {
      const [page] = await readPdf(await renderInvoicePdf(invoiceOf(), { locale }));
      return page?.pieces.find(({ text }) => text === title)?.x ?? 0;
    };
    expect(await titleAt('en', 'Invoice')).toBeLessThan(100);
    expect(await titleAt('ar', 'فاتورة')).toBeGreaterThan(400);
  });

  it('prints Japanese and a Chinese form that the first faces lack', async () => {
    const text = await textOf(
      invoiceOf({ buyer: { ...invoiceOf().buyer, name: '間宮 太郎', addressLines: ['東京都千代田区'] } }),
    );
    expect(text).toContain('間宮 太郎');
    expect(text).toContain('東京都千代田区');
  });

  it('names the character that no installed font has, and what to install', async () => {
    const thai = invoiceOf({ buyer: { ...invoiceOf().buyer, name: 'บริษัท' } });
    await expect(renderInvoicePdf(thai, { locale: 'en' })).rejects.toThrow(MissingGlyphError);
    await expect(renderInvoicePdf(thai, { locale: 'en' })).rejects.toThrow(/U\+0E1A.*noto-sans-thai/);
  });

  it('prints markup in a name as it is', async () => {
    const text = await textOf(invoiceOf({ buyer: { ...invoiceOf().buyer, name: '<b>Bold</b> & Sons' } }));
    expect(text).toContain('<b>Bold</b> & Sons');
  });

  it('writes yen without decimals and dinars with three', async () => {
    const of = (amount: string, currency: string) =>
      invoiceOf({ currency, lines: [lineOf({ amount: { amount, currency } }, currency)] });
    expect(await textOf(of('80', 'JPY'))).toContain('¥80 ');
    expect(await textOf(of('1.5', 'KWD'))).toMatch(/KWD\s1\.500/);
  });

  it('keeps the lines of a long invoice whole, with the head on each page and the sums on one', async () => {
    const lines = Array.from({ length: 60 }, (_, index) =>
      lineOf({ id: `line-${index}`, kind: 'custom', subject: `Row ${index} start and row ${index} end` }),
    );
    const pages = await readPdf(await renderInvoicePdf(invoiceOf({ lines }), { locale: 'en' }));
    expect(pages.length).toBeGreaterThan(2);
    for (let index = 0; index < lines.length; index += 1) {
      const holding = pages.filter(({ text }) => text.includes(`Row ${index} start`));
      expect(holding).toHaveLength(1);
      expect(holding[0]?.text).toContain(`row ${index} end`);
    }
    expect(pages.filter(({ text }) => text.includes('Description Quantity'))).toHaveLength(pages.length);
    expect(pages.at(-1)?.text).toMatch(/Subtotal.*Total.*Amount due/);
  });

  it('stays on the page: nothing is drawn below the foot or beyond the margins', async () => {
    const longName = 'Donaudampfschifffahrtsgesellschaft'.repeat(8);
    const invoice = invoiceOf({ buyer: { ...invoiceOf().buyer, name: longName } });
    const [page] = await readPdf(await renderInvoicePdf(invoice, { locale: 'en' }));
    for (const { x, y } of page?.pieces ?? []) {
      expect(x).toBeGreaterThanOrEqual(47);
      expect(x).toBeLessThan(595 - 47);
      expect(y).toBeGreaterThan(30);
    }
  });

  it('says of a void invoice that it is void, and of a credit note what it corrects', async () => {
    expect(await textOf(invoiceOf({ status: 'void' }))).toContain('Void');
    const note = await textOf(
      invoiceOf({ kind: 'credit_note', number: 'ACME-0008', correctsNumber: 'ACME-0007' }),
    );
    expect(note).toContain('Credit note');
    expect(note).toContain('Corrects invoice');
    expect(note).toContain('Credited');
    for (const word of ['Paid', 'Due', 'Amount due']) expect(note).not.toContain(word);
  });

  it('tells what was credited of an invoice, so that the sums add up to what is due', async () => {
    const euros = (amount: string) => ({ amount, currency: 'EUR' });
    const part = await textOf(invoiceOf({ amountCredited: euros('9'), amountDue: euros('40') }));
    expect(part).toMatch(/Total ?€49\.00 ?Paid ?€0\.00 ?Credited ?€9\.00 ?Amount due ?€40\.00/);
    expect(await textOf(invoiceOf())).not.toContain('Credited');
    const whole = await textOf(
      invoiceOf({
        status: 'paid',
        paidAt: '2026-12-02T00:00:00.000Z',
        amountCredited: euros('49'),
        amountDue: euros('0'),
      }),
    );
    expect(whole).toMatch(/Invoice ?Credited/);
    expect(whole).not.toContain('Dec 2, 2026');
  });

  it('gives the same bytes for the same invoice', async () => {
    const [first, second] = await Promise.all([
      renderInvoicePdf(invoiceOf(), { locale: 'en' }),
      renderInvoicePdf(invoiceOf(), { locale: 'en' }),
    ]);
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
  });
});
