'use client';
import type { Cycle, Instant, SeriesDimension, UsageSeries } from '@usagekit/server/contract';
import { useMemo, useRef } from 'react';
import { spanOfRange } from '../../derive/usage/history-range.ts';
import { type HistoryStep, stepOf } from '../../derive/usage/history-step.ts';
import { useFormat } from '../../format/use-format.ts';
import { useWhoami } from '../../hooks/access/use-whoami.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import { useView, type ViewProps } from '../../hooks/base/use-view.ts';
import { useUsageSeries } from '../../hooks/usage/use-usage-series.ts';
import type { FigureQuery } from '../../hooks/usage/use-uses.ts';
import { chartMessages } from '../../messages/charts/chart.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { lazyPart } from '../parts/lazy-part.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { historyDimensions } from './history-dimensions.ts';
import type { UsageHistoryValue } from './history-value.ts';
import { type MetricChoice, UsageHistoryView, type UsageHistoryViewProps } from './usage-history-view.tsx';
import type { FigurePart } from './uses/figure-part.ts';
import { ViewChoices } from './view-choices.tsx';

// No figure was opened yet, unless the address says so.
const FigureDrawer = lazyPart(() => import('./uses/figure-drawer.tsx'), 'FigureDrawer');
const RunningPanel = lazyPart(() => import('./panels/running-panel.tsx'), 'RunningPanel');
const HistoryAddress = lazyPart(() => import('./history-address.tsx'), 'HistoryAddress');

export interface UsageHistoryProps
  extends Pick<UsageHistoryViewProps, 'className' | 'id' | 'headingLevel' | 'parts'>,
    ViewProps<UsageHistoryValue> {
  /** Metrics to choose from; the first is shown at first. At least one. */
  metrics: MetricChoice[];
  /** The present cycle, which is shown at first; another span can be chosen. */
  cycle: Cycle;
  /** The account's present, which spans are counted back from until an answer tells a later one; this browser's clock by default. */
  asOf?: Instant | undefined;
  /** Whether the viewer may see everyone's use, and so may choose between that and their own; false by default. */
  everyone?: boolean | undefined;
  /** What it can be broken down by; agent, project, member, API key, tool and line item by default. */
  dimensions?: readonly SeriesDimension[] | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * Use over time, by day and by whatever it is broken down by; each figure opens the uses behind it. What is shown stands in the
 * page's address, so that a link opens it again. Renders a `section` with `data-widget="usage-history"`. Reads
 * `GET /v1/accounts/{id}/usage/series` through `useUsageSeries`, once for each metric and breakdown that is shown.
 */
export const UsageHistory = asWidget(function UsageHistory(props: UsageHistoryProps) {
  const { metrics, cycle, dimensions = historyDimensions, everyone = false, accountId, headingLevel } = props;
  const first = metrics[0]?.id ?? 'credits';
  const messages = useMessages('chart', chartMessages);
  const format = useFormat(cycle.timeZone).inZone(cycle.timeZone);
  const initial: UsageHistoryValue = {
    choice: { metric: first, compare: null, by: 'day', asTable: false },
    range: { kind: 'cycle' },
    figure: null,
  };
  const { view, show, isRead, inAddress } = useView({ ...props, address: props.address ?? 'usage' }, initial);
  const { choice, range, figure } = view;
  const isMine = everyone && view.of === 'mine';
  // Who may see no other's use is not asked for: the server knows whose it is.
  const who = useWhoami({ accountId, paused: !isMine });
  const memberId = isMine ? (who.data?.memberId ?? undefined) : undefined;
  const { by, compare } = choice;
  // A link may name a metric that is no more.
  const metric = metrics.some(({ id }) => id === choice.metric) ? choice.metric : first;
  // What is shown is counted back from the answer that stood there when it was chosen, not from this browser's clock.
  const lastAsOf = useRef(props.asOf);
  const spanKey = JSON.stringify([range, cycle]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that it depends on
  const shown = useMemo(
    () =>
      spanOfRange(
        range,
        cycle,
        range.kind === 'cycle' ? cycle.startsAt : (lastAsOf.current ?? new Date().toISOString()),
      ),
    [spanKey],
  );
  const { from, to, before, days } = shown;
  const chosenStep = stepOf(view.step, days);
  const span = to === undefined ? { from } : { from, to };
  const within = { ...span, ...(memberId !== undefined && { memberId }) };
  const options = { accountId, paused: !isRead || (isMine && memberId === undefined) };
  const query = { metric, ...within, ...(by !== 'day' && { groupBy: by }) };
  // Of hours the server reads a bounded number of uses; days it has summed. What it refused once it is not made to read again.
  const refused = useRef(new Set<string>());
  const hours = JSON.stringify(query);
  const wasRefused = chosenStep === 'hour' && refused.current.has(hours);
  const asChosen = useUsageSeries(
    { ...query, ...intervalOf(chosenStep) },
    { ...options, paused: options.paused || wasRefused },
  );
  const hasTooMany = wasRefused || (chosenStep === 'hour' && asChosen.error?.code === 'invalid_request');
  if (hasTooMany) refused.current.add(hours);
  const ofDays = useUsageSeries(query, { ...options, paused: options.paused || !hasTooMany });
  const series = hasTooMany ? ofDays : asChosen;
  const step = hasTooMany ? 'day' : chosenStep;
  const steps = intervalOf(step);
  const resource = isMine && who.status === 'error' ? { ...series, ...failureOf(who) } : series;
  // Hooks cannot be left out; without a second metric this is the first one again, which is not asked for twice.
  const second = useUsageSeries({ metric: compare ?? metric, ...within, ...steps }, options);
  const previous = useUsageSeries(
    {
      metric,
      ...before,
      ...(memberId !== undefined && { memberId }),
      // Weeks and months of two periods do not begin alike; their days do.
      ...(step === 'hour' && { interval: step }),
    },
    options,
  );
  const { data } = resource;
  if (data) lastAsOf.current = data.asOf;
  const asOf = lastAsOf.current;
  const open = (part: FigurePart) =>
    show({ ...view, figure: figureOf(part, by, within, part.metric === metric ? data : second.data) }, true);
  return (
    <UsageHistoryView
      headingLevel={headingLevel}
      parts={props.parts}
      choice={{ ...choice, metric }}
      onChoiceChange={(next) => show({ ...view, choice: next })}
      metrics={metrics}
      dimensions={dimensions}
      resource={resource}
      compare={compare === null ? undefined : second}
      previous={previous.status === 'ready' ? previous.data : undefined}
      periodStartsAt={from}
      periodEndsAt={shown.endsAt}
      onOpenFigure={open}
      running={
        // A sum is of a cycle; it is everyone's, as alerts are.
        range.kind === 'cycle' && !isMine
          ? (shownSeries, drawing) => (
              <RunningPanel
                series={shownSeries}
                {...drawing}
                meter={metrics.find(({ id }) => id === metric)?.meter}
                accountId={accountId}
              />
            )
          : undefined
      }
      rangeChoice={
        <ViewChoices
          of={everyone ? (isMine ? 'mine' : 'everyone') : undefined}
          {...{ range, cycle, asOf, step, days, hasTooMany, messages }}
          onChange={(change) => show({ ...view, ...change })}
        />
      }
      drawer={
        <>
          {figure && data && (
            <FigureDrawer
              series={data}
              {...{ figure, metrics, accountId, format, messages }}
              unit={(figure.metric === metric ? data : (second.data ?? data)).unit}
              timeZone={cycle.timeZone}
              onClose={() => show({ ...view, figure: null })}
            />
          )}
          {inAddress && <HistoryAddress {...inAddress} />}
        </>
      }
    />
  );
});

/** Days are what the server answers with by itself. */
function intervalOf(step: HistoryStep) {
  return step !== 'day' && { interval: step };
}

/** The uses to ask for: a bucket lies within the span that is shown, and the last one ends with it. */
function figureOf(
  { metric, at, value, except }: FigurePart,
  by: UsageHistoryValue['choice']['by'],
  within: { from: Instant; to?: Instant; memberId?: string },
  series: UsageSeries | undefined,
): FigureQuery {
  const place = at === undefined ? -1 : (series?.buckets.indexOf(at) ?? -1);
  const next = place < 0 ? undefined : series?.buckets[place + 1];
  const to = next ?? within.to;
  return {
    ...within,
    metric,
    from: at !== undefined && at > within.from ? at : within.from,
    ...(to !== undefined && { to }),
    ...(by !== 'day' && { groupBy: by }),
    ...(value !== undefined && { value: value ?? '' }),
    ...(except && { except: except.map((each) => each ?? '').join('~') }),
  };
}

/** The failure of another answer that the series waits for. */
function failureOf({ status, error, refresh }: Resource<unknown>): Omit<Resource<UsageSeries>, 'asOf'> {
  return { status, error, refresh, data: undefined };
}
