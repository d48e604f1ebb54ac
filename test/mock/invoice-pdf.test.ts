import { createUsageKitMock } from '@usagekit/react/testing';
import { type Invoice, type Page, paths } from '@usagekit/server/contract';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, it, onTestFinished } from 'vitest';

it('F27: answers an invoice as a PDF of one page, which readers of PDF open', async () => {
  const mock = createUsageKitMock({ scenario: 'pastDue', afterEach: onTestFinished });
  const { items } = await mock.backend.send<Page<Invoice>>('GET', paths.invoices('acme'));
  const [invoice] = items;
  const { token } = await mock.tokenFor();
  const response = await mock.fetch(paths.invoicePdf('acme', invoice?.id ?? ''), {
    headers: { Authorization: `Bearer ${token}` },
  });
  expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'application/pdf']);
  const file = await getDocument({ data: new Uint8Array(await response.arrayBuffer()), verbosity: 0 })
    .promise;
  expect(file.numPages).toBe(1);
  const { items: pieces } = await (await file.getPage(1)).getTextContent();
  const text = pieces.map((piece) => ('str' in piece ? piece.str : '')).join('\n');
  expect(text).toContain(`Invoice ${invoice?.number}`);
  expect(text).toContain(`Total: ${invoice?.total.amount} ${invoice?.total.currency}`);
});
