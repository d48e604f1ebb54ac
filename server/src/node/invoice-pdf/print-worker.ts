import { parentPort } from 'node:worker_threads';
import type { Invoice } from '../../contract/invoices/invoices.ts';
import { MissingGlyphError } from './faces.ts';
import { renderInvoicePdf } from './render-invoice-pdf.ts';

// The thread that `printInvoice` starts.

/** An invoice that is to be printed. */
export interface PrintRequest {
  readonly id: number;
  readonly invoice: Invoice;
  readonly locale: string;
}

export type PrintReply =
  | { readonly kind: 'printed'; readonly id: number; readonly pdf: Uint8Array }
  /** No installed font has a character. */
  | { readonly kind: 'missing glyph'; readonly id: number; readonly detail: string }
  | { readonly kind: 'failed'; readonly id: number; readonly error: unknown };

parentPort?.on('message', async ({ id, invoice, locale }: PrintRequest) => {
  try {
    reply({ kind: 'printed', id, pdf: await renderInvoicePdf(invoice, { locale }) });
  } catch (error) {
    if (error instanceof MissingGlyphError) reply({ kind: 'missing glyph', id, detail: error.message });
    else reply({ kind: 'failed', id, error });
  }
});

function reply(message: PrintReply): void {
  parentPort?.postMessage(message);
}
