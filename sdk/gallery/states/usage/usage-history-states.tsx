import type { Forecast, UsageSeries } from '@usagekit/server/contract';
import { type ReactNode, useState } from 'react';
import { UsageKitError } from '../../../src/client/usagekit-error.ts';
import type { UsageHistoryValue } from '../../../src/components/usage-history/history-value.ts';
import {
  GivenUsageHistory,
  type HistoryChoice,
  UsageHistoryView,
} from '../../../src/components/usage-history/index.ts';
import { ViewChoices } from '../../../src/components/usage-history/view-choices.tsx';
import { type Resource, resourceOf } from '../../../src/hooks/base/resource.ts';
import { chartMessages } from '../../../src/messages/charts/chart.ts';
import { useMessages } from '../../../src/messages/use-messages.ts';
import { november } from '../../fixtures/forecast.ts';
import * as fixtures from '../../fixtures/series.ts';
import { usage } from '../../fixtures/usage.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

const widget = 'UsageHistory';

const given = (
  state: string,
  defaultChoice: Partial<HistoryChoice> = {},
  forecast?: Forecast,
): GalleryState => ({
  widget,
  state,
  element: (
    <GivenUsageHistory
      series={fixtures.allSeries}
      cycle={usage.cycle}
      alerts={fixtures.alerts}
      forecast={forecast}
      defaultChoice={defaultChoice}
    />
  ),
});

const shown = (
  state: string,
  resource: Resource<UsageSeries>,
  previous?: UsageSeries,
  rangeChoice?: ReactNode,
): GalleryState => ({
  widget,
  state,
  element: (
    <UsageHistoryView
      choice={{ metric: 'credits', compare: null, by: 'day', asTable: false }}
      onChoiceChange={() => {}}
      metrics={[{ id: 'credits', label: 'Credits spent' }]}
      dimensions={['agent', 'lineItem']}
      resource={resource}
      previous={previous}
      rangeChoice={rangeChoice}
      periodEndsAt={usage.cycle.endsAt}
    />
  ),
});

/** What a manager chooses above the chart: whose use, a span between two dates, and the length of the bars. */
function ChosenView() {
  const messages = useMessages('chart', chartMessages);
  const [view, setView] = useState<Pick<UsageHistoryValue, 'of' | 'range' | 'step'>>({
    of: 'everyone',
    range: { kind: 'custom', from: '2026-11-01', to: '2026-11-20' },
    step: 'day',
  });
  return (
    <ViewChoices
      of={view.of}
      range={view.range}
      step={view.step ?? 'day'}
      days={20}
      cycle={usage.cycle}
      asOf={fixtures.creditsByDay.asOf}
      messages={messages}
      onChange={(change) => setView({ ...view, ...change })}
    />
  );
}

export const usageHistoryStates: GalleryState[] = [
  given('by day'),
  given('two metrics', { compare: 'emails' }),
  given('running total', { asSum: true }),
  given('running total with a forecast', { asSum: true }, november),
  given('as table', { compare: 'emails', asTable: true }),
  given('by agent', { by: 'agent' }),
  given('by line item', { by: 'lineItem' }),
  shown('with the period before', resourceOf(fixtures.creditsByDay), {
    ...fixtures.creditsByDay,
    groups: fixtures.byAgent.groups.slice(0, 2),
  }),
  shown('by week', resourceOf(fixtures.creditsByWeek), fixtures.creditsByDay),
  shown('by hour', resourceOf(fixtures.creditsByHour)),
  shown('whose use, and when', resourceOf(fixtures.creditsByDay), undefined, <ChosenView />),
  shown('too many uses', {
    ...failed(),
    error: new UsageKitError({
      code: 'invalid_request',
      message: 'The span has more than 20000 uses',
      status: 400,
    }),
  }),
  shown('empty', resourceOf(fixtures.nothingByDay)),
  shown('loading', loading()),
  shown('stale', stale(fixtures.creditsByDay)),
  shown('error', failed()),
  shown('not permitted', notPermitted()),
];
