export { Charges, type ChargesProps } from './charges.tsx';
export { ChargesView, type ChargesViewProps } from './charges-view.tsx';
export { Invoices, type InvoicesProps } from './invoices.tsx';
export { InvoicesView, type InvoicesViewProps } from './invoices-view.tsx';
export { PaymentMethod, type PaymentMethodProps } from './payment-method.tsx';
export { PaymentMethodView, type PaymentMethodViewProps } from './payment-method-view.tsx';
export { UpcomingInvoice, type UpcomingInvoiceProps } from './upcoming-invoice.tsx';
export { UpcomingInvoiceView, type UpcomingInvoiceViewProps } from './upcoming-invoice-view.tsx';
