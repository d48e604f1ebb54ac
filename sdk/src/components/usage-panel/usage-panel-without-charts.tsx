'use client';
import type { Usage } from '@usagekit/server/contract';
import { useUsage } from '../../hooks/usage/use-usage.ts';
import { asWidget } from '../parts/as-widget.tsx';
import { meterTools } from './meter-tools.tsx';
import { UsagePanelView, type UsagePanelViewProps, usageResource } from './usage-panel-view.tsx';

export interface UsagePanelProps extends Omit<UsagePanelViewProps, 'resource'> {
  /** Figures that the host already has; nothing is fetched then. */
  data?: Usage | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * An account's use in the present period, without charts unless `history` gives some.
 * Renders a `section` with `data-widget="usage-panel"`. Reads `data`, or `GET /v1/accounts/{id}/usage` and the stream
 * through `useUsage`.
 */
export const UsagePanel = asWidget(function UsagePanel({ data, accountId, ...view }: UsagePanelProps) {
  return data ? (
    <UsagePanelView {...view} resource={usageResource(data)} />
  ) : (
    <ConnectedUsagePanel {...view} accountId={accountId} />
  );
});

function ConnectedUsagePanel({ accountId, ...view }: Omit<UsagePanelProps, 'data'>) {
  return <UsagePanelView tools={meterTools(accountId)} {...view} resource={useUsage({ accountId })} />;
}
