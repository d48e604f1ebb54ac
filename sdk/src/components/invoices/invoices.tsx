'use client';
import type { Invoice } from '@usagekit/server/contract';
import { resourceOf } from '../../hooks/base/resource.ts';
import { useInvoiceActions } from '../../hooks/invoices/use-invoice-actions.ts';
import { useInvoices } from '../../hooks/invoices/use-invoices.ts';
import { type PaymentSessionOptions, usePaymentSession } from '../../hooks/invoices/use-payment-session.ts';
import { usePlan } from '../../hooks/subscription/use-plan.ts';
import { saveFile } from '../parts/save-file.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { InvoicesView, type InvoicesViewProps } from './invoices-view.tsx';

export interface InvoicesProps
  extends Omit<InvoicesViewProps, 'resource' | 'more' | 'actions' | 'canPay' | 'payment'> {
  /** Invoices that the host already has, newest first; nothing is fetched then, and nothing can be paid. */
  data?: Invoice[] | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
  /** Invoices of a page; 12 by default. */
  limit?: number | undefined;
  /** Where the payment page leads back to; the page's own address by default. */
  returnUrl?: PaymentSessionOptions['returnUrl'];
  /** Opens the payment page; in this tab by default. */
  onOpenPaymentPage?: PaymentSessionOptions['onOpen'];
}

/**
 * Invoices with their PDFs, and the way to pay unpaid ones. Renders a `section` with `data-widget="invoices"`. Reads `data`, or
 * `GET /v1/accounts/{id}/invoices` through `useInvoices`.
 */
export const Invoices = asWidget(function Invoices({ data, ...rest }: InvoicesProps) {
  if (!data) return <ConnectedInvoices {...rest} />;
  const { accountId, limit, returnUrl, onOpenPaymentPage, ...view } = rest;
  return <InvoicesView {...view} resource={resourceOf({ items: data, nextCursor: null })} />;
});

function ConnectedInvoices(props: Omit<InvoicesProps, 'data'>) {
  const { accountId, limit = 12, returnUrl, onOpenPaymentPage, onSave = saveFile, ...view } = props;
  const invoices = useInvoices({ accountId, limit });
  const actions = useInvoiceActions({ accountId });
  const payment = usePaymentSession({ accountId, returnUrl, onOpen: onOpenPaymentPage });
  const plan = usePlan({ accountId });
  return (
    <InvoicesView
      {...view}
      accountId={accountId}
      resource={invoices}
      more={invoices}
      actions={actions}
      canPay={plan.data?.canManage}
      payment={payment}
      onSave={onSave}
    />
  );
}
