'use client';
import type { Cycle, SeriesDimension } from '@usagekit/server/contract';
import { useState } from 'react';
import { useUsageSeries } from '../../hooks/use-usage-series.ts';
import { asWidget } from '../parts/as-widget.tsx';
import { historyDimensions } from './history-dimensions.ts';
import {
  type HistoryChoice,
  type MetricChoice,
  UsageHistoryView,
  type UsageHistoryViewProps,
} from './usage-history-view.tsx';

export interface UsageHistoryProps extends Pick<UsageHistoryViewProps, 'className' | 'id' | 'headingLevel'> {
  /** Metrics to choose from; the first is shown at first. At least one. */
  metrics: MetricChoice[];
  /** The period that is shown, from its start to the present. */
  cycle: Cycle;
  /** What it can be broken down by; agent, project, member, tool and line item by default. */
  dimensions?: readonly SeriesDimension[] | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * Use over time, by day and by whatever it is broken down by. Renders a `section` with `data-widget="usage-history"`.
 * Reads `GET /v1/accounts/{id}/usage/series` through `useUsageSeries`, once for each metric and breakdown that is shown.
 */
export const UsageHistory = asWidget(function UsageHistory({
  metrics,
  cycle,
  dimensions = historyDimensions,
  accountId,
  ...view
}: UsageHistoryProps) {
  const first = metrics[0]?.id ?? 'credits';
  const [choice, setChoice] = useState<HistoryChoice>({
    metric: first,
    compare: null,
    by: 'day',
    asTable: false,
  });
  const { metric, by, compare } = choice;
  const from = cycle.startsAt;
  const resource = useUsageSeries({ metric, from, ...(by !== 'day' && { groupBy: by }) }, { accountId });
  // Hooks cannot be left out; without a second metric this is the first one again, which is not asked for twice.
  const second = useUsageSeries({ metric: compare ?? metric, from }, { accountId });
  const previous = useUsageSeries({ metric, from: monthBefore(cycle), to: from }, { accountId });
  return (
    <UsageHistoryView
      {...view}
      choice={choice}
      onChoiceChange={setChoice}
      metrics={metrics}
      dimensions={dimensions}
      resource={resource}
      compare={compare === null ? undefined : second}
      previous={previous.status === 'ready' ? previous.data : undefined}
      periodEndsAt={cycle.endsAt}
    />
  );
});

/** A month before the cycle's start; a day that the month before does not have becomes its last. */
function monthBefore({ startsAt }: Cycle): string {
  const at = new Date(startsAt);
  const day = at.getUTCDate();
  at.setUTCMonth(at.getUTCMonth() - 1);
  if (at.getUTCDate() !== day) at.setUTCDate(0);
  return at.toISOString();
}
