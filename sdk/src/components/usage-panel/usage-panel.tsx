'use client';
import type { Usage, UsageSeries } from '@usagekit/server/contract';
import { lazy, Suspense, useEffect } from 'react';
import { useUsage } from '../../hooks/use-usage.ts';
import { chartMessages } from '../../messages/chart.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { GivenUsageHistory } from '../usage-history/given-usage-history.tsx';
import { LoadingUsageHistory } from '../usage-history/loading-usage-history.tsx';
import { UsagePanelView, type UsagePanelViewProps, usageResource } from './usage-panel-view.tsx';

const loadUsageHistory = () => import('../usage-history/usage-history.tsx');

// It brings SWR along, which nothing else in this widget needs.
const UsageHistory = lazy(() => loadUsageHistory().then((module) => ({ default: module.UsageHistory })));

export interface UsagePanelProps extends Omit<UsagePanelViewProps, 'resource'> {
  /** Figures that the host already has; nothing is fetched then. */
  data?: Usage | undefined;
  /** For the charts, beside `data`; without it there are none. */
  series?: UsageSeries[] | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * An account's use in the present period with its history in charts, which load after the figures.
 * Renders a `section` with `data-widget="usage-panel"`. Reads `data` and `series`, or `GET /v1/accounts/{id}/usage`,
 * its series and the stream through `useUsage` and `useUsageSeries`.
 */
export function UsagePanel({ data, series, accountId, ...view }: UsagePanelProps) {
  if (!data) return <ConnectedUsagePanel {...view} accountId={accountId} />;
  const history = ({ cycle }: Usage) =>
    series &&
    series.length > 0 && <GivenUsageHistory series={series} cycle={cycle} headingLevel={view.headingLevel} />;
  return <UsagePanelView history={history} {...view} resource={usageResource(data)} />;
}

function ConnectedUsagePanel({ accountId, ...view }: Omit<UsagePanelProps, 'data' | 'series'>) {
  const messages = useMessages('chart', chartMessages);
  const resource = useUsage({ accountId });
  // It is on its way while the figures are, so that it need not be waited for after them.
  useEffect(() => void loadUsageHistory().catch(() => undefined), []);
  const history = (usage: Usage) => {
    const metrics = chartedMetrics(usage, messages.credits);
    const shown = { metrics, headingLevel: view.headingLevel };
    return (
      metrics.length > 0 && (
        <Suspense fallback={<LoadingUsageHistory {...shown} />}>
          <UsageHistory {...shown} cycle={usage.cycle} accountId={accountId} />
        </Suspense>
      )
    );
  };
  return <UsagePanelView history={history} {...view} resource={resource} />;
}

/** Credits, then every counter whose units the caller may see; a gauge's use is no sum of days. */
function chartedMetrics({ credits, groups }: Usage, creditsSpent: string) {
  const counters = groups
    .flatMap(({ meters }) => meters)
    .filter(({ kind, used }) => kind === 'counter' && used !== null)
    .map(({ metric, label }) => ({ id: metric, label }));
  return credits ? [{ id: 'credits', label: creditsSpent }, ...counters] : counters;
}
