import type { Invoice, Page, Problem } from '@usagekit/server/contract';
import PDFDocument from 'pdfkit';
import { describe, expect, it, vi } from 'vitest';
import { printInvoice } from '../../../server/src/node/invoice-pdf/print-invoice.ts';
import { readPdf } from '../../unit/node/invoice-pdf/read-pdf.ts';
import { createTestServer } from '../support/test-server.ts';
import { billedCatalog } from './paying-account.ts';

/** An account on Basic, whose first invoice is issued and not collected. */
async function invoiced(name: string) {
  const { billing: _, ...catalog } = billedCatalog;
  const server = createTestServer({ catalog, renderInvoice: printInvoice });
  await server.account('acme', { planId: 'basic', name });
  const { body } = await server.get<Page<Invoice>>('/v1/accounts/acme/invoices');
  const [invoice] = body.items;
  if (invoice === undefined) throw new Error('The account has no invoice');
  const path = `/v1/accounts/acme/invoices/${invoice.id}`;
  return {
    server,
    path,
    print: () =>
      server.app.fetch(
        new Request(`http://localhost${path}/pdf`, {
          headers: { authorization: 'Bearer sk_test_for-these-tests-only' },
        }),
      ),
  };
}

describe('the PDF of an invoice over HTTP', () => {
  it('answers a clear problem where no installed font has a character, and prints once the name can be printed', async () => {
    const { server, print } = await invoiced('Acme');
    const details = { name: 'บริษัท', addressLines: [], taxId: null, email: null };
    await server.put('/v1/accounts/acme/billing-details', details);
    // What was issued keeps the name that it was issued with.
    expect((await print()).status).toBe(200);
    const thai = await invoiced('บริษัท');
    const refused = await thai.print();
    expect(refused.status).toBe(409);
    const problem = (await refused.json()) as Problem;
    expect(problem).toMatchObject({ code: 'conflict' });
    expect(problem.detail).toMatch(/U\+0E1A.*noto-sans-thai/);
  });

  it('F21: prints on another thread, one invoice after another, so that no answer waits for it', async () => {
    const drawnHere = vi.spyOn(PDFDocument.prototype, 'addPage');
    const { server, print } = await invoiced('Acme');
    const printed = Promise.all([print(), print(), print()]);
    // Answered meanwhile.
    expect((await server.get('/v1/accounts/acme/credits')).status).toBe(200);
    const responses = await printed;
    const files = await Promise.all(
      responses.map(async (response) => Buffer.from(await response.arrayBuffer()).toString('base64')),
    );
    expect(new Set(files).size).toBe(1);
    expect(drawnHere).not.toHaveBeenCalled();
    drawnHere.mockRestore();
  });

  it('says on a void invoice that it is void', async () => {
    const { server, path, print } = await invoiced('Acme');
    expect((await server.post(`${path}/void`, { reason: 'Made by mistake' })).status).toBe(200);
    const response = await print();
    expect(response.status).toBe(200);
    const pages = await readPdf(new Uint8Array(await response.arrayBuffer()));
    expect(pages[0]?.text).toContain('Void');
  });
});
