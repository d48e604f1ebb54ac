import type { Invoice, PaymentMethodView as Method } from '@usagekit/server/contract';
import { UsageKitError } from '../../../src/client/usagekit-error.ts';
import {
  ChargesView,
  InvoicesView,
  PaymentMethodView,
  UpcomingInvoiceView,
  UsageCostsView,
} from '../../../src/components/invoices/index.ts';
import { resourceOf } from '../../../src/hooks/base/resource.ts';
import type { InvoiceActions } from '../../../src/hooks/invoices/use-invoice-actions.ts';
import type { PaymentSessionFlow } from '../../../src/hooks/invoices/use-payment-session.ts';
import { asOf } from '../../fixtures/credits.ts';
import * as fixtures from '../../fixtures/invoices.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

const atRest: InvoiceActions = {
  busy: undefined,
  failed: undefined,
  answer: undefined,
  pay: async () => {},
  readPdf: async () => undefined,
  readCsv: async () => undefined,
};
const payment: PaymentSessionFlow = { isStarting: false, error: undefined, start: async () => {} };
const invoiceId = fixtures.pastDueInvoice.id;
const lost = new UsageKitError({ code: 'network_error', message: 'No answer from the server.' });
const card: Method = { kind: 'card', brand: 'Visa', lastFour: '4242', confirmed: true };

function listed(state: string, items: Invoice[], actions: Partial<InvoiceActions> = {}): GalleryState {
  return {
    widget: 'Invoices',
    state,
    element: (
      <InvoicesView
        resource={resourceOf({ items, nextCursor: null })}
        actions={{ ...atRest, ...actions }}
        payment={payment}
        canPay
        onSave={() => {}}
      />
    ),
  };
}

const upcoming = (state: string, data: typeof fixtures.upcoming): GalleryState => ({
  widget: 'UpcomingInvoice',
  state,
  element: <UpcomingInvoiceView resource={resourceOf(data)} />,
});

const costs = (state: string, data: typeof fixtures.upcoming): GalleryState => ({
  widget: 'UsageCosts',
  state,
  element: <UsageCostsView resource={resourceOf(data)} />,
});

const method = (state: string, paymentMethod: Method | null, canManage = true): GalleryState => ({
  widget: 'PaymentMethod',
  state,
  element: <PaymentMethodView resource={resourceOf({ paymentMethod, canManage })} payment={payment} />,
});

const charged = { invoice: fixtures.pastDueInvoice, charge: fixtures.declinedCharge };

export const invoicesStates: GalleryState[] = [
  listed('past due', fixtures.invoices),
  listed('settled', fixtures.settledInvoices),
  listed('paying', fixtures.invoices, { busy: { kind: 'pay', invoiceId } }),
  listed('declined', fixtures.invoices, { answer: charged }),
  listed('to confirm', fixtures.invoices, {
    answer: { ...charged, charge: { ...charged.charge, status: 'needs_action', actionUrl: '#confirm' } },
  }),
  listed('no answer', fixtures.invoices, { failed: { kind: 'pay', invoiceId, error: lost } }),
  listed('PDF not loaded', fixtures.invoices, { failed: { kind: 'download', invoiceId, error: lost } }),
  listed('CSV not loaded', fixtures.settledInvoices, {
    failed: { kind: 'export', invoiceId: '', error: lost },
  }),
  listed('empty', []),
  { widget: 'Invoices', state: 'loading', element: <InvoicesView resource={loading()} /> },
  { widget: 'Invoices', state: 'error', element: <InvoicesView resource={failed()} /> },
  { widget: 'Invoices', state: 'not permitted', element: <InvoicesView resource={notPermitted()} /> },
  upcoming('with overage', fixtures.upcoming),
  upcoming('past due', fixtures.upcomingWithUnpaid),
  upcoming('nothing yet', fixtures.upcomingWithoutLines),
  {
    widget: 'UpcomingInvoice',
    state: 'stale',
    element: <UpcomingInvoiceView resource={stale(fixtures.upcoming)} />,
  },
  {
    widget: 'Invoices',
    state: 'stale',
    element: <InvoicesView resource={stale({ items: fixtures.settledInvoices, nextCursor: null, asOf })} />,
  },
  { widget: 'UpcomingInvoice', state: 'loading', element: <UpcomingInvoiceView resource={loading()} /> },
  { widget: 'UpcomingInvoice', state: 'error', element: <UpcomingInvoiceView resource={failed()} /> },
  costs('beyond the allowance', fixtures.upcoming),
  costs('nothing by use', fixtures.upcomingWithoutLines),
  { widget: 'UsageCosts', state: 'stale', element: <UsageCostsView resource={stale(fixtures.upcoming)} /> },
  { widget: 'UsageCosts', state: 'loading', element: <UsageCostsView resource={loading()} /> },
  { widget: 'UsageCosts', state: 'error', element: <UsageCostsView resource={failed()} /> },
  method('a card', card),
  method('not confirmed', { ...card, confirmed: false }),
  method('missing', null),
  method('missing, to a reader', null, false),
  {
    widget: 'PaymentMethod',
    state: 'loading',
    element: <PaymentMethodView resource={loading()} payment={payment} />,
  },
  {
    widget: 'PaymentMethod',
    state: 'stale',
    element: (
      <PaymentMethodView resource={stale({ paymentMethod: card, canManage: true, asOf })} payment={payment} />
    ),
  },
  {
    widget: 'PaymentMethod',
    state: 'error',
    element: <PaymentMethodView resource={failed()} payment={payment} />,
  },
  {
    widget: 'Charges',
    state: 'history',
    element: <ChargesView resource={resourceOf({ items: fixtures.charges, nextCursor: null })} />,
  },
  {
    widget: 'Charges',
    state: 'disputed at the bank',
    element: <ChargesView resource={resourceOf({ items: fixtures.disputedCharges, nextCursor: null })} />,
  },
  {
    widget: 'Charges',
    state: 'empty',
    element: <ChargesView resource={resourceOf({ items: [], nextCursor: null })} />,
  },
  { widget: 'Charges', state: 'loading', element: <ChargesView resource={loading()} /> },
  {
    widget: 'Charges',
    state: 'stale',
    element: <ChargesView resource={stale({ items: fixtures.charges, nextCursor: null, asOf })} />,
  },
  { widget: 'Charges', state: 'error', element: <ChargesView resource={failed()} /> },
];
