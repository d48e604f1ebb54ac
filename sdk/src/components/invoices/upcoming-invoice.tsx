'use client';
import type { UpcomingInvoice as Upcoming } from '@usagekit/server/contract';
import { resourceOf } from '../../hooks/base/resource.ts';
import { useUpcomingInvoice } from '../../hooks/invoices/use-upcoming-invoice.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { UpcomingInvoiceView, type UpcomingInvoiceViewProps } from './upcoming-invoice-view.tsx';

export interface UpcomingInvoiceProps extends Omit<UpcomingInvoiceViewProps, 'resource'> {
  /** Figures that the host already has; nothing is fetched then. */
  data?: Upcoming | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * The next invoice before it comes. Renders a `section` with `data-widget="upcoming-invoice"`. Reads `data`, or
 * `GET /v1/accounts/{id}/invoices/upcoming` through `useUpcomingInvoice`.
 */
export const UpcomingInvoice = asWidget(function UpcomingInvoice({
  data,
  accountId,
  ...view
}: UpcomingInvoiceProps) {
  return data ? (
    <UpcomingInvoiceView {...view} resource={resourceOf(data)} />
  ) : (
    <ConnectedUpcomingInvoice {...view} accountId={accountId} />
  );
});

function ConnectedUpcomingInvoice({ accountId, ...view }: Omit<UpcomingInvoiceProps, 'data'>) {
  return <UpcomingInvoiceView {...view} resource={useUpcomingInvoice({ accountId })} />;
}
