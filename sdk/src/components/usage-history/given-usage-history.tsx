'use client';
import type { Alert, Cycle, Forecast, SeriesDimension, UsageSeries } from '@usagekit/server/contract';
import { useState } from 'react';
import { resourceOf } from '../../hooks/base/resource.ts';
import { lazyPart } from '../parts/lazy-part.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import type { HistoryChoice } from './history-value.ts';
import { UsageHistoryView, type UsageHistoryViewProps } from './usage-history-view.tsx';

// The sum is not what is shown at first.
const RunningPanelView = lazyPart(() => import('./panels/running-panel-view.tsx'), 'RunningPanelView');

export interface GivenUsageHistoryProps
  extends Pick<UsageHistoryViewProps, 'className' | 'id' | 'headingLevel' | 'parts'> {
  /** By day (without `groupBy`) for each metric, and by whatever they are broken down by. At least one by day. */
  series: UsageSeries[];
  /** The cycle that the figures are of. */
  cycle: Cycle;
  /** Alerts of metrics, whose lines are drawn where the sum of the cycle is shown. */
  alerts?: Alert[] | undefined;
  /** What is expected of the cycle, drawn with its range where the sum of the cycle is shown. */
  forecast?: Forecast | undefined;
  /** The initial view; by default the first metric by day, as a chart. */
  defaultChoice?: Partial<HistoryChoice> | undefined;
}

/** Use over time of figures that the host already has. Renders a `section`. Reads `series` and fetches nothing. */
export const GivenUsageHistory = asWidget(function GivenUsageHistory({
  series,
  cycle,
  alerts = [],
  forecast,
  defaultChoice,
  ...view
}: GivenUsageHistoryProps) {
  const byDay = series.filter(({ groupBy }) => groupBy === null);
  const [choice, setChoice] = useState<HistoryChoice>({
    metric: byDay[0]?.metric ?? '',
    compare: null,
    by: 'day',
    asTable: false,
    ...defaultChoice,
  });
  const find = (metric: string | null, by: 'day' | SeriesDimension) =>
    series.find((each) => each.metric === metric && (each.groupBy ?? 'day') === by);
  const shown = find(choice.metric, choice.by);
  const compare = find(choice.compare, 'day');
  const dimensions = series
    .filter(({ metric }) => metric === choice.metric)
    .flatMap(({ groupBy }) => (groupBy === null ? [] : [groupBy]));
  if (!shown) return null;
  return (
    <UsageHistoryView
      {...view}
      choice={choice}
      // Another metric may not be broken down in the same way; it is then shown by day.
      onChoiceChange={(next) => setChoice(find(next.metric, next.by) ? next : { ...next, by: 'day' })}
      metrics={byDay.map(({ metric, label }) => ({ id: metric, label }))}
      dimensions={dimensions}
      resource={resourceOf(shown)}
      compare={compare && resourceOf(compare)}
      periodStartsAt={cycle.countedFrom ?? cycle.startsAt}
      periodEndsAt={cycle.endsAt}
      running={(series, drawing) => (
        <RunningPanelView
          {...{ series, ...drawing, forecast }}
          alerts={alerts.find(({ metric }) => metric === series.metric)?.amounts ?? []}
        />
      )}
    />
  );
});
