'use client';
import type { UpcomingInvoice } from '@usagekit/server/contract';
import { resourceOf } from '../../hooks/base/resource.ts';
import { useUpcomingInvoice } from '../../hooks/invoices/use-upcoming-invoice.ts';
import { usePlan } from '../../hooks/subscription/use-plan.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { meterTools } from '../usage-panel/meter-tools.tsx';
import { UsageCostsView, type UsageCostsViewProps } from './usage-costs-view.tsx';

export interface UsageCostsProps extends Omit<UsageCostsViewProps, 'resource'> {
  /** Figures that the host already has; nothing is fetched then. */
  data?: UpcomingInvoice | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * The use of each metric in money: units beyond the allowance at their rate. Renders a `section` with
 * `data-widget="usage-costs"`. Reads `data`, or `GET /v1/accounts/{id}/invoices/upcoming` through `useUpcomingInvoice`; with the
 * right to change limits and alerts each row has a gear and a bell.
 */
export const UsageCosts = asWidget(function UsageCosts({ data, accountId, ...view }: UsageCostsProps) {
  return data ? (
    <UsageCostsView {...view} resource={resourceOf(data)} />
  ) : (
    <ConnectedUsageCosts {...view} accountId={accountId} />
  );
});

function ConnectedUsageCosts({ accountId, ...view }: Omit<UsageCostsProps, 'data'>) {
  const resource = useUpcomingInvoice({ accountId });
  const { data: plan } = usePlan({ accountId });
  const tools = plan?.canManage ? meterTools(accountId) : undefined;
  return <UsageCostsView tools={tools} {...view} resource={resource} />;
}
