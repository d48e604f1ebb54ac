'use client';
import type { Budget, Cycle, Instant } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import type { Format } from '../../../format/create-format.ts';
import { useFormat } from '../../../format/use-format.ts';
import { LevelWord } from '../../meter/level-word.tsx';
import { asWidget } from '../widget/as-widget.tsx';
import type { PartsOf } from '../widget/optional-parts.ts';
import { Beyond } from './beyond.tsx';
import { BudgetLegend } from './budget-legend.tsx';
import { BudgetLine } from './budget-line.tsx';

const extras = { Level: LevelWord, Legend: BudgetLegend, Beyond };

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
export const BudgetBar = asWidget(function BudgetBar(props: BudgetBarProps) {
  const { timeZone, amounts = false, format, ...rest } = props;
  const own = useFormat(timeZone);
  return <BudgetLine {...rest} {...{ amounts }} format={(format ?? own).inZone(timeZone)} extras={extras} />;
});
