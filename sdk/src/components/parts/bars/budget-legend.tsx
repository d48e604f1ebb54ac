'use client';
import type { Budget } from '@usagekit/server/contract';
import { overAmount } from '../../../derive/usage/over-amount.ts';
import type { Format } from '../../../format/create-format.ts';
import { usagePanelExtrasMessages } from '../../../messages/usage/usage-panel-extras.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { usePartClass } from '../widget/as-widget.tsx';
import { Swatch } from './swatch.tsx';

export interface BudgetLegendProps {
  budget: Budget;
  /** Shows amounts in place of percentages, if the answer has them. */
  amounts: boolean;
  format: Format;
}

/** What the parts of a budget's bar mean, where something is held or beyond the allowance. Renders a `p`. Reads messages. */
export function BudgetLegend({ budget, amounts, format }: BudgetLegendProps) {
  const partClass = usePartClass();
  const messages = useMessages('usagePanel', usagePanelExtrasMessages);
  const { percent, level, heldPercent, used, included, held, unit } = budget;
  const overPercent = percent - 100;
  const over = used === null || included === null ? null : overAmount(used, held, included);
  const part = (share: number, amount: string | null) =>
    amounts && amount !== null ? format.amount(amount, unit).text : format.percent(share);
  return (
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
  );
}
