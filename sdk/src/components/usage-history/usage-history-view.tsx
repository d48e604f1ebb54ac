'use client';
import type { Instant, SeriesDimension, UsageSeries } from '@usagekit/server/contract';
import { type ReactNode, Suspense, useId, useState } from 'react';
import { signOf } from '../../derive/sign-of.ts';
import type { ShownPeriod } from '../../derive/usage/day-points.ts';
import { stepOfSeries } from '../../derive/usage/history-step.ts';
import type { Format } from '../../format/create-format.ts';
import { formatSeriesPeriod } from '../../format/format-series-period.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import { chartMessages } from '../../messages/charts/chart.ts';
import type { Messages } from '../../messages/messages.ts';
import { useMessages } from '../../messages/use-messages.ts';
import type { AlertedMeter } from '../alert-editor/alert-editor.tsx';
import { Segments } from '../parts/controls/segments.tsx';
import { Switch } from '../parts/controls/switch.tsx';
import { lazyPart } from '../parts/lazy-part.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import { type WidgetProps, WidgetRoot } from '../parts/widget/widget-root.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { ErrorState } from '../states/error-state.tsx';
import { StaleNote } from '../states/stale-note.tsx';
import type { HistoryChoice } from './history-value.ts';
import type { FigurePart } from './uses/figure-part.ts';

// Choices and figures stand before what is drawn of them.
const ChartPanel = lazyPart(() => import('./panels/chart-panel.tsx'), 'ChartPanel');

const DayTable = lazyPart(() => import('./panels/day-table.tsx'), 'DayTable');

const ExportMenu = lazyPart(() => import('./export/export-menu.tsx'), 'ExportMenu');

const TooManyUses = lazyPart(() => import('./uses/too-many-uses.tsx'), 'TooManyUses');

const StackedPanel = lazyPart(() => import('./panels/stacked-panel.tsx'), 'StackedPanel');

/** A metric that can be chosen. */
export interface MetricChoice {
  /** Id of the metric. */
  id: string;
  /** Its name. */
  label: string;
  /** Its meter, for viewers who may set its alerts. */
  meter?: AlertedMeter | undefined;
}

export interface UsageHistoryViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ exports: false }`. */
  parts?: PartsOf<'UsageHistory'> | undefined;
  /** What is shown, and how. */
  choice: HistoryChoice;
  /** Without it nothing can be chosen yet: the fields are disabled. */
  onChoiceChange: ((choice: HistoryChoice) => void) | undefined;
  /** The metrics that can be chosen. */
  metrics: MetricChoice[];
  /** By what a breakdown can be made. */
  dimensions: readonly SeriesDimension[];
  /** The chosen metric, by day or by the chosen dimension. */
  resource: Resource<UsageSeries>;
  /** The second metric by day. */
  compare?: Resource<UsageSeries> | undefined;
  /** The chosen metric in the period before, drawn as a thin line. */
  previous?: UsageSeries | undefined;
  /** The start of the shown period; a week or a month may begin before it. */
  periodStartsAt?: Instant | undefined;
  /** Exclusive; the chart is drawn as far as this. */
  periodEndsAt?: Instant | undefined;
  /** The choice of the span of time, next to that of the metric. */
  rangeChoice?: ReactNode;
  /** Draws the sum of the chosen metric as it grows; there is no such choice where it is left out. */
  running?: ((series: UsageSeries, drawing: SumDrawing) => ReactNode) | undefined;
  /** Opens the uses behind a figure; figures are text where it is left out. */
  onOpenFigure?: ((part: FigurePart) => void) | undefined;
  /** The open figure's drawer, and what else stands apart from the card. */
  drawer?: ReactNode;
}

/** What draws the sum of a metric needs. */
export interface SumDrawing {
  period: ShownPeriod;
  format: Format;
  messages: Messages['chart'];
}

/**
 * Use over time: by day as a chart or as a table, with a second metric on a panel of its own, or broken down by agent,
 * project, member and the like. Renders a `section`. Reads locale and messages.
 */
export const UsageHistoryView = asWidget(function UsageHistoryView(props: UsageHistoryViewProps) {
  const { choice, onChoiceChange, metrics, dimensions, resource, parts, headingLevel = 2 } = props;
  const messages = useMessages('chart', chartMessages);
  const { data } = resource;
  const [hiddenParts, setHiddenParts] = useState<HiddenParts>({ by: null, values: noneHidden });
  const viewer = useFormat(data?.timeZone);
  const format = data ? viewer.inZone(data.timeZone) : viewer;
  const choose = (change: Partial<HistoryChoice>) => onChoiceChange?.({ ...choice, ...change });
  const isFixed = onChoiceChange === undefined;
  const byDay = choice.by === 'day';
  const hidden = hiddenParts.by === data?.groupBy ? hiddenParts.values : noneHidden;
  const side = (
    <>
      {resource.status === 'stale' && data && <StaleNote asOf={data.asOf} format={viewer} />}
      {parts?.asSum !== false && byDay && data && props.running && !choice.asTable && (
        <Switch checked={choice.asSum === true} onChange={(asSum) => choose({ asSum })}>
          {messages.running}
        </Switch>
      )}
      {parts?.asTable !== false && byDay && data && (
        <Switch checked={choice.asTable} onChange={(asTable) => choose({ asTable })}>
          {messages.asTable}
        </Switch>
      )}
      {parts?.exports !== false && data && signOf(data.total) !== 0 && (
        <Suspense fallback={null}>
          <ExportMenu
            series={shownSeries(props)}
            isDrawn={!byDay || !choice.asTable}
            {...{ hidden, format, messages }}
          />
        </Suspense>
      )}
    </>
  );
  return (
    <WidgetRoot
      name="usage-history"
      state={resource.status}
      label={messages.title}
      busy={resource.status === 'loading'}
    >
      <Card title={messages.title} headingLevel={headingLevel} side={side}>
        <div className="uk-history-bar">
          {parts?.by !== false && (
            <Segments
              label={messages.by}
              segments={(['day', ...dimensions] as const).map((value) => ({
                value,
                label: messages.tabs[value],
              }))}
              value={choice.by}
              onChange={isFixed ? undefined : (by) => choose({ by })}
            />
          )}
          <div className="uk-history-choices">
            {parts?.range !== false && props.rangeChoice}
            {parts?.metric !== false && (
              <MetricSelect
                label={messages.metric}
                metrics={metrics}
                disabled={isFixed}
                value={choice.metric}
                onChange={(metric) =>
                  choose({ metric, compare: choice.compare === metric ? null : choice.compare })
                }
              />
            )}
            {parts?.compare !== false && byDay && metrics.length > 1 && !(choice.asSum && props.running) && (
              <MetricSelect
                label={messages.compare}
                none={messages.compareNone}
                disabled={isFixed}
                metrics={metrics.filter((each) => each.id !== choice.metric)}
                value={choice.compare ?? ''}
                onChange={(compare) => choose({ compare: compare || null })}
              />
            )}
          </div>
        </div>
        <HistoryBody
          {...props}
          hidden={hidden}
          onHide={(values) => setHiddenParts({ by: data?.groupBy ?? null, values })}
          format={format}
          messages={messages}
        />
        <Suspense fallback={null}>{props.drawer}</Suspense>
      </Card>
    </WidgetRoot>
  );
});

/** Values that the legend took out of the drawing, of one dimension. */
interface HiddenParts {
  by: SeriesDimension | null;
  values: readonly (string | null)[];
}

const noneHidden: readonly (string | null)[] = [];

/** What is drawn: the first metric and, by day, the second. */
function shownSeries({
  choice,
  resource,
  compare,
  metrics,
}: Pick<UsageHistoryViewProps, 'choice' | 'resource' | 'compare' | 'metrics'>): UsageSeries[] {
  const shown = [resource.data, choice.by === 'day' && choice.compare !== null ? compare?.data : undefined];
  return shown.flatMap((series) => (series ? named(series, metrics) : []));
}

/** With the name that the host gave to the metric. */
function named(series: UsageSeries, metrics: readonly MetricChoice[]): UsageSeries {
  return { ...series, label: metrics.find(({ id }) => id === series.metric)?.label ?? series.label };
}

interface HistoryBodyProps extends Omit<UsageHistoryViewProps, 'messages'> {
  hidden: readonly (string | null)[];
  onHide: (values: readonly (string | null)[]) => void;
  format: Format;
  messages: Messages['chart'];
}

function HistoryBody(props: HistoryBodyProps) {
  const { choice, resource, previous, periodStartsAt, periodEndsAt, onOpenFigure, format, messages } = props;
  const syncId = useId();
  const period = { startsAt: periodStartsAt, endsAt: periodEndsAt };
  const { data } = resource;
  // The server bounds what it reads use by use, and says so of the request.
  if (resource.status === 'error' && resource.error?.code === 'invalid_request') {
    return (
      <Suspense fallback={<Skeleton height={220} before={4} />}>
        <TooManyUses />
      </Suspense>
    );
  }
  if (!data && resource.error) {
    return <ErrorState what={messages.what} error={resource.error} onRetry={resource.refresh} />;
  }
  if (!data) return <Skeleton height={220} before={4} />;
  if (data.groups.every(({ total }) => signOf(total) === 0)) {
    return <EmptyState title={messages.emptyTitle} detail={messages.emptyDetail} />;
  }
  if (choice.by !== 'day') {
    const [shown = data] = shownSeries(props);
    const label = stackedName(shown, format, messages);
    return (
      <Suspense fallback={<Skeleton height={220} before={4} />}>
        <StackedPanel
          key={data.groupBy}
          {...{ series: shown, label, unit: data.unit, hidden: props.hidden, onHide: props.onHide }}
          {...{ onOpenFigure, format, messages }}
        />
      </Suspense>
    );
  }
  const [first = data, second] = shownSeries(props);
  if (choice.asTable) {
    return (
      <Suspense fallback={<Skeleton height={220} before={4} />}>
        <DayTable
          series={second ? [first, second] : [first]}
          {...{ previous, period, onOpenFigure, format, messages }}
        />
      </Suspense>
    );
  }
  if (choice.asSum && props.running) {
    return (
      <Suspense fallback={<Skeleton height={220} before={4} />}>
        {props.running(first, { period, format, messages })}
      </Suspense>
    );
  }
  return (
    <Suspense fallback={<Skeleton height={220} before={4} />}>
      <div className="uk-panels">
        <ChartPanel
          series={first}
          previous={previous}
          height={220}
          {...{ period, syncId, onOpenFigure, format, messages }}
        />
        {second && (
          <ChartPanel
            series={second}
            colour={2}
            height={150}
            {...{ period, syncId, onOpenFigure, format, messages }}
          />
        )}
      </div>
    </Suspense>
  );
}

interface MetricSelectProps {
  label: string;
  /** The words for none of them; one must be chosen where it is left out. */
  none?: string | undefined;
  metrics: MetricChoice[];
  value: string;
  disabled: boolean;
  onChange: (metric: string) => void;
}

function MetricSelect({ label, none, metrics, value, disabled, onChange }: MetricSelectProps) {
  return (
    <select
      className="uk-select"
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value)}
    >
      {none && <option value="">{none}</option>}
      {metrics.map((metric) => (
        <option key={metric.id} value={metric.id}>
          {metric.label}
        </option>
      ))}
    </select>
  );
}

function stackedName(series: UsageSeries, format: Format, messages: Messages['chart']): string {
  return messages.stackedName(
    series.label,
    messages.steps[stepOfSeries(series)].by,
    messages.tabs[series.groupBy ?? 'day'],
    format.amount(series.total, series.unit).exact,
    formatSeriesPeriod(series, format),
  );
}
