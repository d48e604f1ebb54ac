'use client';
import type { UsageHistory } from '@usagekit/server/contract';
import { resourceOf } from '../../../hooks/base/resource.ts';
import { useUsageHistory } from '../../../hooks/usage/use-usage-history.ts';
import { asWidget } from '../../parts/widget/as-widget.tsx';
import { MonthlyHistoryView, type MonthlyHistoryViewProps } from './monthly-history-view.tsx';

export interface MonthlyHistoryProps extends Omit<MonthlyHistoryViewProps, 'resource'> {
  /** Months that the host already has; nothing is fetched then. */
  data?: UsageHistory | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * Six months of the account's metrics as area charts. Renders a `section` with `data-widget="monthly-history"`, or
 * nothing. Reads `data`, or `GET /v1/accounts/{id}/usage/history` through `useUsageHistory`.
 */
export const MonthlyHistory = asWidget(function MonthlyHistory({
  data,
  accountId,
  ...view
}: MonthlyHistoryProps) {
  return data ? (
    <MonthlyHistoryView {...view} resource={resourceOf(data)} />
  ) : (
    <ConnectedMonthlyHistory {...view} accountId={accountId} />
  );
});

function ConnectedMonthlyHistory({ accountId, ...view }: Omit<MonthlyHistoryProps, 'data'>) {
  return <MonthlyHistoryView {...view} resource={useUsageHistory({ accountId })} />;
}
