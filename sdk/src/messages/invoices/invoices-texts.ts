import type { billingBannerMessages } from './billing-banner.ts';
import type { billingPageMessages } from './billing-page.ts';
import type { invoiceLinesMessages } from './invoice-lines.ts';
import type { invoicesMessages } from './invoices.ts';
import type { paymentMessages } from './payment.ts';

/** The texts of the room, by component. */
export interface InvoicesTexts {
  billingBanner: typeof billingBannerMessages;
  billingPage: typeof billingPageMessages;
  payment: typeof paymentMessages;
  invoices: typeof invoicesMessages;
  invoiceLines: typeof invoiceLinesMessages;
}
