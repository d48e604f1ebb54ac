'use client';
import type { MetricHistory, UsageHistory } from '@usagekit/server/contract';
import { Suspense, useId, useState } from 'react';
import { hasEnoughHistory, monthPoints } from '../../../derive/usage/metric-months.ts';
import type { Format } from '../../../format/create-format.ts';
import { useFormat } from '../../../format/use-format.ts';
import type { Resource } from '../../../hooks/base/resource.ts';
import { chartMessages } from '../../../messages/charts/chart.ts';
import { commonControlsMessages } from '../../../messages/common/common-controls.ts';
import type { Messages } from '../../../messages/messages.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { unitWord } from '../../meter/unit-word.ts';
import { LinkButton } from '../../parts/controls/link-button.tsx';
import { Switch } from '../../parts/controls/switch.tsx';
import { lazyPart } from '../../parts/lazy-part.ts';
import { asWidget, usePartClass } from '../../parts/widget/as-widget.tsx';
import { Card } from '../../parts/widget/card.tsx';
import type { PartsOf } from '../../parts/widget/optional-parts.ts';
import { Skeleton } from '../../parts/widget/skeleton.tsx';
import { type WidgetProps, WidgetRoot } from '../../parts/widget/widget-root.tsx';
import { Amount } from '../../parts/words/amount.tsx';
import { ErrorState } from '../../states/error-state.tsx';
import { StaleNote } from '../../states/stale-note.tsx';
import { MonthTable } from './month-table.tsx';

const MonthlyChart = lazyPart(() => import('../../../charts/monthly-chart.tsx'), 'MonthlyChart');

export interface MonthlyHistoryViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ asTable: false }`. */
  parts?: PartsOf<'MonthlyHistory'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<UsageHistory>;
  /** Which metrics, in this order; all of them in the catalog's order by default. */
  metrics?: readonly string[] | undefined;
}

const chartsMax = 4;
const chartHeight = 112;

/**
 * Six months of the account's metrics as area charts, or as a table. Renders a `section`; nothing
 * where there is not enough history yet. Reads locale and messages.
 */
export const MonthlyHistoryView = asWidget(function MonthlyHistoryView(props: MonthlyHistoryViewProps) {
  const { resource, metrics, parts, headingLevel = 2 } = props;
  const messages = useMessages('chart', chartMessages);
  const [asTable, setAsTable] = useState(false);
  const { data, status, error, refresh } = resource;
  const viewer = useFormat(data?.timeZone);
  const shown = data && chosen(data, metrics);
  if (shown?.length === 0) return null;
  const format = data ? viewer.inZone(data.timeZone) : viewer;
  return (
    <WidgetRoot name="monthly-history" state={status} label={messages.months} busy={status === 'loading'}>
      <Card
        title={messages.months}
        headingLevel={headingLevel}
        side={
          data && (
            <>
              {status === 'stale' && <StaleNote asOf={data.asOf} format={viewer} />}
              {parts?.asTable !== false && (
                <Switch checked={asTable} onChange={setAsTable}>
                  {messages.asTable}
                </Switch>
              )}
            </>
          )
        }
      >
        <div className="uk-months">
          {!data && error && <ErrorState what={messages.monthsWhat} error={error} onRetry={refresh} />}
          {status === 'loading' && <MonthsSkeleton />}
          {data &&
            shown &&
            (asTable ? (
              <MonthTable metrics={shown} months={data.months} format={format} messages={messages} />
            ) : (
              <MonthCharts metrics={shown} months={data.months} format={format} messages={messages} />
            ))}
        </div>
      </Card>
    </WidgetRoot>
  );
});

function chosen({ metrics }: UsageHistory, wanted: readonly string[] | undefined): MetricHistory[] {
  const enough = metrics.filter(hasEnoughHistory);
  return wanted ? wanted.flatMap((metric) => enough.filter((each) => each.metric === metric)) : enough;
}

interface MonthChartsProps {
  metrics: MetricHistory[];
  months: string[];
  format: Format;
  messages: Messages['chart'];
}

function MonthCharts({ metrics, months, format, messages }: MonthChartsProps) {
  const common = useMessages('common', commonControlsMessages);
  const [unfolded, setUnfolded] = useState(false);
  const syncId = useId();
  const folded = metrics.length - chartsMax;
  return (
    <>
      <div className="uk-month-charts">
        {(unfolded ? metrics : metrics.slice(0, chartsMax)).map((metric) => (
          <MonthPanel key={metric.metric} {...{ metric, months, syncId, format, messages }} />
        ))}
      </div>
      {folded > 0 && (
        <LinkButton data-muted aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {unfolded ? common.fewer : common.more(format.number(folded))}
        </LinkButton>
      )}
    </>
  );
}

interface MonthPanelProps extends Omit<MonthChartsProps, 'metrics'> {
  metric: MetricHistory;
  syncId: string;
}

/** One metric with where it stands now above its months. */
function MonthPanel({ metric, months, syncId, format, messages }: MonthPanelProps) {
  const partClass = usePartClass();
  const { label, unit, kind, values } = metric;
  const present = values.at(-1) ?? '0';
  const written = months.map(
    (month, place) => `${format.month(month)} ${format.amount(values[place] ?? '0', unit).exact}`,
  );
  return (
    <figure className="uk-month-panel">
      <figcaption className="uk-month-head">
        <span className={partClass('meterName')}>{label}</span>
        <span className={partClass('meterSide')}>
          <Amount className="uk-meter-figure" value={format.short(present)} />
          {unitWord(metric, present, format)}
          {kind === 'counter' && ` ${messages.soFar}`}
        </span>
      </figcaption>
      <Suspense fallback={<Skeleton height={chartHeight} />}>
        <MonthlyChart
          label={`${label}: ${new Intl.ListFormat(format.locale, { type: 'unit' }).format(written)}`}
          points={monthPoints(metric, months)}
          unit={unit}
          height={chartHeight}
          syncId={syncId}
          format={format}
        />
      </Suspense>
    </figure>
  );
}

function MonthsSkeleton() {
  return (
    <div className="uk-month-charts">
      {[1, 2, 3, 4].map((panel) => (
        <Skeleton key={panel} height={chartHeight + 24} />
      ))}
    </div>
  );
}
