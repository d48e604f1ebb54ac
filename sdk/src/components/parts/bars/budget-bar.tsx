'use client';
import type { Budget, Cycle, Instant } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { overAmount } from '../../../derive/usage/over-amount.ts';
import type { Format } from '../../../format/create-format.ts';
import { useFormat } from '../../../format/use-format.ts';
import { meterMessages } from '../../../messages/meter.ts';
import { usagePanelMessages } from '../../../messages/usage-panel.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { LevelWord } from '../../meter/level-word.tsx';
import { MeterBar } from '../../meter/meter-bar.tsx';
import { asWidget, joined, RootContent, usePartClass, useRootAttributes } from '../widget/as-widget.tsx';
import type { PartsOf } from '../widget/optional-parts.ts';
import { Swatch } from './bar.tsx';

export interface BudgetBarProps {
  /** Parts to leave out, such as `{ legend: false }`. */
  parts?: PartsOf<'BudgetBar'> | undefined;
  /** The amount of the plan and what is spent of it. */
  budget: Budget;
  /** The account's zone, in which the reset is counted. */
  timeZone: Cycle['timeZone'];
  /** When the server read the figures. */
  asOf: Instant;
  /** Shows amounts next to percentages, if the answer has them; false by default. */
  amounts?: boolean | undefined;
  /** Writes figures and dates as the reader's language does. */
  format?: Format | undefined;
  /** Wraps the percentage, such as in a button that opens the uses behind it. */
  open?: ((budget: Budget, figure: ReactNode) => ReactNode) | undefined;
}

/**
 * The account's pool: its name, a bar, the percentage at the bar's end and the reset date at its right. Renders a `div`
 * with a `meter` in it. Reads locale and messages.
 */
export const BudgetBar = asWidget(function BudgetBar({
  budget,
  timeZone,
  asOf,
  amounts = false,
  format: given,
  open = (_, figure) => figure,
  parts: shown,
}: BudgetBarProps) {
  const partClass = usePartClass();
  const root = useRootAttributes();
  const own = useFormat(timeZone);
  const format = (given ?? own).inZone(timeZone);
  const messages = useMessages('usagePanel', usagePanelMessages);
  const meter = useMessages('meter', meterMessages);
  const { label, percent, level, heldPercent, used, included, held, unit, resetsAt } = budget;
  const overPercent = percent - 100;
  const over = used === null || included === null ? null : overAmount(used, held, included);
  const parts = [
    used !== null && included !== null && amounts
      ? meter.used(messages.amountOf(format.amount(used, unit).exact, format.amount(included, unit).exact))
      : meter.percentUsed(format.percent(percent - heldPercent)),
  ];
  if (heldPercent > 0) parts.push(meter.heldPart(format.percent(heldPercent)));
  if (overPercent > 0) parts.push(meter.overPart(format.percent(overPercent)));
  parts.push(meter.resets(format.relativeDay(resetsAt, asOf)));
  const part = (share: number, amount: string | null) =>
    amounts && amount !== null ? format.amount(amount, unit).text : format.percent(share);
  return (
    <div {...root} className={joined('uk-budget', root.className)} data-level={level}>
      <RootContent>
        <div className="uk-budget-head">
          <span className={partClass('meterName')}>{label}</span>
          {shown?.level !== false && <LevelWord level={level} percent={percent} messages={meter} />}
        </div>
        <div className="uk-budget-line">
          <MeterBar
            label={label}
            level={level}
            percent={percent}
            heldPercent={heldPercent}
            valueText={meter.sentence(parts)}
          />
          <span className="uk-budget-percent" data-level={level}>
            {open(budget, <bdi className="uk-run">{format.percent(percent)}</bdi>)}
          </span>
          {shown?.resetsAt !== false && (
            <span className="uk-budget-reset uk-caption">
              {messages.resetsOn(format.date(resetsAt, asOf))}
            </span>
          )}
        </div>
        {(heldPercent > 0 || overPercent > 0) && shown?.legend !== false && (
          <p className={partClass('legend')}>
            <span className="uk-legend-item">
              <Swatch part="used" level={level} />
              {overPercent > 0
                ? `${messages.legendIncluded} ${part(100, included)}`
                : `${messages.legendUsed} ${part(percent - heldPercent, used)}`}
            </span>
            {heldPercent > 0 && (
              <span className="uk-legend-item">
                <Swatch part="held" level={level} />
                {messages.legendHeld} {part(heldPercent, held)}
              </span>
            )}
            {overPercent > 0 && (
              <span className="uk-legend-item">
                <Swatch part="over" level={level} />
                {messages.legendOver} {part(overPercent, over)}
              </span>
            )}
          </p>
        )}
      </RootContent>
    </div>
  );
});
