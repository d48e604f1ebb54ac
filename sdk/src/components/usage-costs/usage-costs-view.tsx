'use client';
import type { Meter, UpcomingInvoice, UsageCost } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { sumDecimals } from '../../derive/decimal.ts';
import { columnDecimals } from '../../format/column-decimals.ts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import { invoicesMessages } from '../../messages/invoices/invoices.ts';
import type { Messages } from '../../messages/messages.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { FigureTable } from '../parts/figure-table.tsx';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { Amount } from '../parts/words/amount.tsx';
import { facts } from '../parts/words/facts.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';

export interface UsageCostsViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ rate: false }`. */
  parts?: PartsOf<'UsageCosts'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<UpcomingInvoice>;
  /** The buttons of one metric, such as a gear and a bell; none by default. */
  tools?: ((meter: Meter) => ReactNode) | undefined;
}

/**
 * One row a metric: what is included, what was used beyond it, its rate, and what that comes to; and the sum. Renders a
 * `section` with a `table`. Reads locale and messages.
 */
export const UsageCostsView = asWidget(function UsageCostsView(props: UsageCostsViewProps) {
  const { resource, tools, parts, headingLevel = 2 } = props;
  const messages = useMessages('invoices', invoicesMessages);
  const viewer = useFormat(resource.data?.invoice.timeZone);
  return (
    <ResourceFrame
      name="usage-costs"
      what={messages.costsWhat}
      title={messages.costsTitle}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={[1, 2, 3].map((line) => <Skeleton key={line} height={14} before={14} />)}
      stateOf={({ costs }) => (costs.some(({ beyond }) => Number(beyond) > 0) ? 'overage' : 'ready')}
    >
      {({ costs, invoice, asOf }) => (
        <Card
          title={messages.costsTitle}
          headingLevel={headingLevel}
          caption={messages.costsCaption(viewer.inZone(invoice.timeZone).date(invoice.periodEndsAt, asOf))}
          side={resource.status === 'stale' && <StaleNote asOf={asOf} format={viewer} />}
        >
          {costs.length === 0 ? (
            <p className="uk-text">{messages.costsNone}</p>
          ) : (
            <CostTable
              costs={costs}
              currency={invoice.currency}
              tools={tools}
              parts={parts}
              format={viewer}
              messages={messages}
            />
          )}
        </Card>
      )}
    </ResourceFrame>
  );
});

interface TableProps extends Pick<UsageCostsViewProps, 'tools' | 'parts'> {
  costs: readonly UsageCost[];
  currency: string;
  format: Format;
  messages: Messages['invoices'];
}

/** Columns that a phone has as words beneath the metric's name. */
const wideOnly = 'uk-costs-wide';

function CostTable({ costs, currency, tools, parts, format, messages }: TableProps) {
  const { included = true, rate = true, total = true } = parts ?? {};
  const heads = [
    messages.costsMetric,
    included && messages.costsIncluded,
    messages.costsBeyond,
    rate && messages.costsRate,
    messages.costsAmount,
  ].filter((words) => words !== false);
  const amounts = costs.map(({ amount }) => amount.amount);
  const sum = sumDecimals(amounts);
  const decimals = columnDecimals([...amounts, sum]);
  const wide = [messages.costsIncluded, messages.costsRate];
  return (
    <section
      className="uk-costs-scroll"
      aria-label={messages.costsWhat}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
      tabIndex={0}
    >
      <FigureTable
        className="uk-costs"
        heads={heads.map((words) => ({
          key: words,
          words,
          ...(wide.includes(words) && { className: `uk-end ${wideOnly}` }),
        }))}
        sumLabel={total && messages.costsTotal}
        sums={
          !total
            ? []
            : [
                ...heads.slice(2).map(() => null),
                <Amount key="sum" value={format.amount(sum, currency, decimals)} />,
              ]
        }
      >
        {costs.map((cost) => (
          <tr key={cost.meter.metric} className="uk-breakdown-row">
            <th className="uk-lines-cell" scope="row">
              <span className="uk-run" dir="auto">
                {cost.meter.label}
              </span>
              {tools?.(cost.meter)}
              <span className="uk-caption uk-costs-narrow">
                {facts(
                  included && `${messages.costsIncluded} ${exactUnits(cost, cost.meter.included, format)}`,
                  rate && rateOf(cost, format, messages),
                )}
              </span>
            </th>
            {included && (
              <td className={`uk-lines-cell uk-end ${wideOnly}`}>
                {unitsOf(cost, cost.meter.included, format)}
              </td>
            )}
            <td className="uk-lines-cell uk-end">{unitsOf(cost, cost.beyond, format)}</td>
            {rate && (
              <td className={`uk-lines-cell uk-end uk-muted ${wideOnly}`}>
                {rateOf(cost, format, messages)}
              </td>
            )}
            <td className="uk-lines-cell uk-end">
              <Amount value={format.amount(cost.amount.amount, currency, decimals)} />
            </td>
          </tr>
        ))}
      </FigureTable>
    </section>
  );
}

const exactUnits = ({ meter }: UsageCost, amount: string | null, format: Format): string =>
  amount === null ? '' : format.amount(amount, meter.unit).exact;

/** Every digit: cut to two, units and their rate would not come to the amount. */
function unitsOf({ meter }: UsageCost, amount: string | null, format: Format): ReactNode {
  if (amount === null) return '';
  const value = format.amount(amount, meter.unit);
  return <Amount value={{ ...value, text: value.exact }} />;
}

/** The rate in words; of prices by quantity that they are. */
function rateOf({ meter, rate, ratePer }: UsageCost, format: Format, messages: Messages['invoices']): string {
  if (rate === null || ratePer === null) return messages.costsByQuantity;
  const units = ratePer === 1 ? meter.unit.one : format.amount(String(ratePer), meter.unit).exact;
  return messages.rate(format.amount(rate.amount, rate.currency).exact, units);
}
