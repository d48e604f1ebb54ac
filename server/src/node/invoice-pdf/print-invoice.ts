import type { RenderInvoice } from '../../app/app-options.ts';
import { AppError } from '../../app/http/reply/problem.ts';

/**
 * Writes an invoice as a PDF. With its faces the writer is large and seldom asked for, so it is loaded with the first one.
 * @throws AppError `conflict` where no installed font has a character of the invoice; it names the character and the package.
 */
export const printInvoice: RenderInvoice = async (invoice, locale) => {
  const [{ renderInvoicePdf }, { MissingGlyphError }] = await Promise.all([
    import('./render-invoice-pdf.ts'),
    import('./faces.ts'),
  ]);
  try {
    return await renderInvoicePdf(invoice, { locale });
  } catch (error) {
    if (error instanceof MissingGlyphError) throw new AppError('conflict', error.message, { cause: error });
    throw error;
  }
};
