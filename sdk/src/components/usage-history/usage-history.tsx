'use client';
import type { Cycle, Instant, SeriesDimension } from '@usagekit/server/contract';
import { useRef, useState } from 'react';
import { type HistoryRange, type RangeSpan, spanOfRange } from '../../derive/history-range.ts';
import { useUsageSeries } from '../../hooks/use-usage-series.ts';
import { chartMessages } from '../../messages/chart.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { asWidget } from '../parts/as-widget.tsx';
import { historyDimensions } from './history-dimensions.ts';
import { RangeChoice } from './range-choice.tsx';
import {
  type HistoryChoice,
  type MetricChoice,
  UsageHistoryView,
  type UsageHistoryViewProps,
} from './usage-history-view.tsx';

export interface UsageHistoryProps extends Pick<UsageHistoryViewProps, 'className' | 'id' | 'headingLevel'> {
  /** Metrics to choose from; the first is shown at first. At least one. */
  metrics: MetricChoice[];
  /** The present cycle, which is shown at first; another span can be chosen. */
  cycle: Cycle;
  /** The dimensions for the breakdown; agent, project, member, tool and line item by default. */
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
  const messages = useMessages('chart', chartMessages);
  const [choice, setChoice] = useState<HistoryChoice>({
    metric: first,
    compare: null,
    by: 'day',
    asTable: false,
  });
  // The span counts back from the answer shown when it was chosen, not from this browser's clock.
  const [{ range, span }, setRange] = useState(() => chosen({ kind: 'cycle' }, cycle, cycle.startsAt));
  const shown = range.kind === 'cycle' ? chosen(range, cycle, cycle.startsAt).span : span;
  const { metric, by, compare } = choice;
  const { from, to, before } = shown;
  const within = to === undefined ? { from } : { from, to };
  const resource = useUsageSeries({ metric, ...within, ...(by !== 'day' && { groupBy: by }) }, { accountId });
  // Hooks cannot be left out; without a second metric this is the first one again, which is not asked for twice.
  const second = useUsageSeries({ metric: compare ?? metric, ...within }, { accountId });
  const previous = useUsageSeries({ metric, ...before }, { accountId });
  const lastAsOf = useRef<Instant>(undefined);
  if (resource.data) lastAsOf.current = resource.data.asOf;
  const asOf = lastAsOf.current;
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
      periodEndsAt={shown.endsAt}
      rangeChoice={
        <RangeChoice
          range={range}
          onChange={(next) => setRange(chosen(next, cycle, asOf ?? cycle.startsAt))}
          {...{ cycle, asOf, messages }}
        />
      }
    />
  );
});

function chosen(range: HistoryRange, cycle: Cycle, asOf: Instant): { range: HistoryRange; span: RangeSpan } {
  return { range, span: spanOfRange(range, cycle, asOf) };
}
