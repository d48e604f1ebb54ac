import type { UsageSeries } from '@usagekit/server/contract';
import { UsageKitError } from '../../src/client/usagekit-error.ts';
import {
  GivenUsageHistory,
  type HistoryChoice,
  UsageHistoryView,
} from '../../src/components/usage-history/index.ts';
import { type Resource, resourceOf } from '../../src/hooks/base/resource.ts';
import * as fixtures from '../fixtures/series.ts';
import { usage } from '../fixtures/usage.ts';
import { failed, type GalleryState, loading, stale } from '../gallery-state.ts';

const widget = 'UsageHistory';

const given = (state: string, defaultChoice: Partial<HistoryChoice> = {}): GalleryState => ({
  widget,
  state,
  element: (
    <GivenUsageHistory
      series={fixtures.allSeries}
      cycle={usage.cycle}
      alerts={fixtures.alerts}
      defaultChoice={defaultChoice}
    />
  ),
});

const shown = (state: string, resource: Resource<UsageSeries>, previous?: UsageSeries): GalleryState => ({
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
      periodEndsAt={usage.cycle.endsAt}
    />
  ),
});

export const usageHistoryStates: GalleryState[] = [
  given('by day'),
  given('two metrics', { compare: 'emails' }),
  given('running total', { asSum: true }),
  given('as table', { compare: 'emails', asTable: true }),
  given('by agent', { by: 'agent' }),
  given('by line item', { by: 'lineItem' }),
  shown('with the period before', resourceOf(fixtures.creditsByDay), {
    ...fixtures.creditsByDay,
    groups: fixtures.byAgent.groups.slice(0, 2),
  }),
  shown('by week', resourceOf(fixtures.creditsByWeek), fixtures.creditsByDay),
  shown('by hour', resourceOf(fixtures.creditsByHour)),
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
];
