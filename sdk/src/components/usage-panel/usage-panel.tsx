'use client';
import type { UsageHistory as Months, Usage, UsageSeries } from '@usagekit/server/contract';
import { lazy, memo, Suspense, useDeferredValue, useRef } from 'react';
import { shareEqual } from '../../derive/share-equal.ts';
import { drawnEveryMs, useSettledDrawing } from '../../hooks/base/use-settled-drawing.ts';
import type { ViewProps } from '../../hooks/base/use-view.ts';
import { useUsage } from '../../hooks/usage/use-usage.ts';
import { useUsageHistory } from '../../hooks/usage/use-usage-history.ts';
import { chartMessages } from '../../messages/charts/chart.ts';
import type { Messages } from '../../messages/messages.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { MeterTrend } from '../meter/meter-trend.tsx';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { GivenUsageHistory } from '../usage-history/given-usage-history.tsx';
import { LoadingUsageHistory } from '../usage-history/loading-usage-history.tsx';
import { MonthlyHistory } from '../usage-history/months/monthly-history.tsx';
import { MonthlyHistoryView } from '../usage-history/months/monthly-history-view.tsx';
import type { MetricChoice } from '../usage-history/usage-history-view.tsx';
import type { UsagePanelValue } from './uses/panel-value.ts';
import { usePanelFigures } from './uses/use-panel-figures.tsx';
import { UsagePanelView, type UsagePanelViewProps, usageResource } from './view/usage-panel-view.tsx';

const loadUsageHistory = () => import('../usage-history/usage-history.tsx');

const UsageHistory = lazy(() =>
  loadUsageHistory().then(({ UsageHistory: Loaded }) => ({ default: memo(Loaded) })),
);
/** Charts cost more to draw than all else, and most debits move none of what they are given. */
const ShownMonths = memo(MonthlyHistoryView);

export interface UsagePanelProps extends Omit<UsagePanelViewProps, 'resource'>, ViewProps<UsagePanelValue> {
  /** Figures that the host already has; nothing is fetched then. */
  data?: Usage | undefined;
  /** For the charts, in addition to `data`; without it there are none. */
  series?: UsageSeries[] | undefined;
  /** For sparklines and the six months, in addition to `data`; without them there are none. */
  months?: Months | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * An account's use in the present period with its history in charts, which load after the figures. A figure opens the uses
 * behind it, and a link opens it again.
 * Renders a `section` with `data-widget="usage-panel"`. Reads `data` and `series`, or `GET /v1/accounts/{id}/usage`,
 * its series and the stream through `useUsage` and `useUsageSeries`.
 */
export const UsagePanel = asWidget(function UsagePanel({ data, series, months, ...view }: UsagePanelProps) {
  if (!data) return <ConnectedUsagePanel {...view} />;
  const { headingLevel } = view;
  const history = ({ cycle }: Usage) => (
    <>
      {series && series.length > 0 && (
        <GivenUsageHistory series={series} cycle={cycle} headingLevel={headingLevel} />
      )}
      {months && <MonthlyHistory data={months} headingLevel={headingLevel} />}
    </>
  );
  return (
    <UsagePanelView trend={trendOf(months)} history={history} {...view} resource={usageResource(data)} />
  );
});

function ConnectedUsagePanel({
  accountId,
  value,
  onChange,
  address,
  ...view
}: Omit<UsagePanelProps, 'data' | 'series' | 'months'>) {
  const figures = usePanelFigures({ accountId, value, onChange, address });
  const messages = useMessages('chart', chartMessages);
  const resource = useUsage({ accountId });
  const isAnswered = resource.data !== undefined;
  // What stands below comes after the figures, and does not slow them down.
  const months = useUsageHistory({ accountId, paused: !isAnswered });
  // Figures come first; drawings may come a moment later, and follow a stream of debits at a slower pace.
  const drawnMonths = useDeferredValue(useSettledDrawing(months, drawnEveryMs.months, months.status));
  const charted = useRef<MetricChoice[]>([]);
  const sameMetrics = (now: MetricChoice[]) => {
    charted.current = shareEqual(charted.current, now);
    return charted.current;
  };
  // The history knows a later present by its own answers; another one with each message would draw it again for nothing.
  const first = useRef<Pick<Usage, 'asOf' | 'cycle' | 'breakdowns'>>(undefined);
  const history = (usage: Usage) => {
    if (first.current?.cycle !== usage.cycle) first.current = usage;
    const metrics = sameMetrics(chartedMetrics(usage, messages));
    const { headingLevel } = view;
    return (
      <>
        {metrics.length > 0 && (
          <Suspense
            fallback={
              <LoadingUsageHistory
                metrics={metrics}
                dimensions={usage.breakdowns}
                headingLevel={headingLevel}
              />
            }
          >
            <UsageHistory
              metrics={metrics}
              cycle={usage.cycle}
              dimensions={first.current.breakdowns}
              asOf={first.current.asOf}
              // Only who may see everyone's use gets its months.
              everyone={months.data !== undefined}
              headingLevel={headingLevel}
              accountId={accountId}
            />
          </Suspense>
        )}
        {drawnMonths.data && <ShownMonths resource={drawnMonths} headingLevel={headingLevel} />}
      </>
    );
  };
  return (
    <UsagePanelView
      trend={trendOf(drawnMonths.data)}
      {...figures}
      history={history}
      {...view}
      resource={resource}
    />
  );
}

function trendOf(months: Months | undefined) {
  return months && ((metric: string) => <MeterTrend history={months} metric={metric} />);
}

/** Credits, then every counter whose units the caller may see; a gauge's use is no sum of days. */
function chartedMetrics({ credits, creditLabel, groups, canManage }: Usage, messages: Messages['chart']) {
  const counters = groups
    .flatMap(({ meters }) => meters)
    .filter(({ kind, used }) => kind === 'counter' && used !== null)
    .map(({ metric, label, unit, included }) => ({
      id: metric,
      label,
      // Without what is used, which changes with each use.
      ...(canManage && { meter: { metric, label, unit, included, used: null } }),
    }));
  const label = creditLabel.currency ? messages.spent : messages.credits;
  const ofCredits = { metric: 'credits', label, unit: creditLabel, included: null, used: null };
  return credits ? [{ id: 'credits', label, ...(canManage && { meter: ofCredits }) }, ...counters] : counters;
}
