'use client';
import type { Budget, Instant } from '@usagekit/server/contract';
import type { ComponentType, ReactNode } from 'react';
import type { Format } from '../../../format/create-format.ts';
import { meterMessages } from '../../../messages/usage/meter.ts';
import { usagePanelMessages } from '../../../messages/usage/usage-panel.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { MeterBar } from '../../meter/meter-bar.tsx';
import type { MeterExtras } from '../../meter/meter-content.tsx';
import { joined, RootContent, usePartClass, useRootAttributes } from '../widget/as-widget.tsx';
import type { PartsOf } from '../widget/optional-parts.ts';
import { unbroken } from '../words/unbroken.ts';
import type { BudgetLegendProps } from './budget-legend.tsx';

export interface BudgetLineProps {
  parts?: PartsOf<'BudgetBar'> | undefined;
  budget: Budget;
  asOf: Instant;
  amounts: boolean;
  /** In the account's zone, in which the reset is counted. */
  format: Format;
  open?: ((budget: Budget, figure: ReactNode) => ReactNode) | undefined;
  extras: BudgetExtras;
}

/** What only a budget draws that is near its limit or beyond, or has something held. */
export interface BudgetExtras extends Pick<MeterExtras, 'Level' | 'Beyond'> {
  /** What the bar's parts mean, where something is held or beyond the allowance. */
  Legend: ComponentType<BudgetLegendProps>;
}

/** What `BudgetBar` shows. What few budgets have is given, so that it may be loaded later. Renders a `div` with a `meter` in it. Reads messages. */
export function BudgetLine(props: BudgetLineProps) {
  const { budget, asOf, amounts, format, open = (_, figure) => figure, parts: shown, extras } = props;
  const partClass = usePartClass();
  const root = useRootAttributes();
  const messages = useMessages('usagePanel', usagePanelMessages);
  const meter = useMessages('meter', meterMessages);
  const { label, percent, level, heldPercent, used, included, unit, resetsAt } = budget;
  const overPercent = percent - 100;
  const parts = [
    used !== null && included !== null && amounts
      ? meter.used(messages.amountOf(format.amount(used, unit).exact, format.amount(included, unit).exact))
      : meter.percentUsed(format.percent(percent - heldPercent)),
    heldPercent > 0 && meter.heldPart(format.percent(heldPercent)),
    overPercent > 0 && meter.overPart(format.percent(overPercent)),
    resetsAt !== null && meter.resets(format.relativeDay(resetsAt, asOf)),
  ];
  return (
    <div {...root} className={joined('uk-budget', root.className)} data-level={level}>
      <RootContent>
        <div className="uk-budget-head">
          <span className={partClass('meterName')}>{label}</span>
          {shown?.level !== false && level !== 'ok' && <extras.Level of={budget} />}
        </div>
        <div className="uk-budget-line">
          <MeterBar
            Beyond={extras.Beyond}
            label={label}
            level={level}
            percent={percent}
            heldPercent={heldPercent}
            valueText={meter.sentence(parts.filter((part) => part !== false))}
          />
          <span className="uk-budget-percent" data-level={level}>
            {open(budget, <bdi className="uk-run">{format.percent(percent)}</bdi>)}
          </span>
          {resetsAt && shown?.resetsAt !== false && (
            <span className="uk-budget-reset uk-caption">
              {unbroken(messages.resetsOn(format.date(resetsAt, asOf)))}
            </span>
          )}
        </div>
        {(heldPercent > 0 || overPercent > 0) && shown?.legend !== false && (
          <extras.Legend {...{ budget, amounts, format }} />
        )}
      </RootContent>
    </div>
  );
}
