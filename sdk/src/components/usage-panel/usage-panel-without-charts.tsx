'use client';
import type { Usage } from '@usagekit/server/contract';
import type { ViewProps } from '../../hooks/base/use-view.ts';
import { useUsage } from '../../hooks/usage/use-usage.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import type { UsagePanelValue } from './uses/panel-value.ts';
import { usePanelFigures } from './uses/use-panel-figures.tsx';
import { laterPanelExtras } from './view/later-panel-extras.tsx';
import { PanelContent, type UsagePanelViewProps, usageResource } from './view/panel-content.tsx';

export interface UsagePanelProps extends Omit<UsagePanelViewProps, 'resource'>, ViewProps<UsagePanelValue> {
  /** Figures that the host already has; nothing is fetched then. */
  data?: Usage | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * An account's use in the present period, without charts unless `history` gives some. A figure opens the uses behind it, and a
 * link opens it again.
 * Renders a `section` with `data-widget="usage-panel"`. Reads `data`, or `GET /v1/accounts/{id}/usage` and the stream
 * through `useUsage`.
 */
export const UsagePanel = asWidget(function UsagePanel({ data, ...props }: UsagePanelProps) {
  return data ? (
    <PanelContent {...props} extras={laterPanelExtras} resource={usageResource(data)} />
  ) : (
    <ConnectedUsagePanel {...props} />
  );
});

function ConnectedUsagePanel({
  accountId,
  value,
  onChange,
  address,
  ...view
}: Omit<UsagePanelProps, 'data'>) {
  const figures = usePanelFigures({ accountId, value, onChange, address });
  return <PanelContent {...figures} {...view} extras={laterPanelExtras} resource={useUsage({ accountId })} />;
}
