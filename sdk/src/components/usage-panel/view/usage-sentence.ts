import type { Budget, Usage } from '@usagekit/server/contract';
import { signOf } from '../../../derive/sign-of.ts';
import { cyclePace } from '../../../derive/usage/cycle-pace.ts';
import { overAmount } from '../../../derive/usage/over-amount.ts';
import type { Format } from '../../../format/create-format.ts';
import type { usagePanelMessages } from '../../../messages/usage/usage-panel.ts';
import { joined } from '../../parts/widget/as-widget.tsx';

/**
 * One or two sentences on how the budget stands and where it is going.
 *
 * @param amounts whether amounts may be written, or percentages only
 * @param predicts whether it says where the budget is going; the page may say so elsewhere
 * @param format in the account's time zone, in which days are counted
 */
export function usageSentence(
  { cycle, asOf }: Pick<Usage, 'cycle' | 'asOf'>,
  budget: Budget,
  amounts: boolean,
  predicts: boolean,
  format: Format,
  messages: typeof usagePanelMessages,
): string {
  const { percent, heldPercent, resetsAt } = budget;
  const stands = standing(budget, amounts, format, messages);
  if (percent < 100 && !predicts) return stands;
  const pace = percent < 100 ? cyclePace(percent, heldPercent, cycle, asOf) : null;
  const goes = pace?.runsOutAt
    ? messages.runsOut(format.date(pace.runsOutAt, asOf))
    : resetsAt !== null &&
      (pace
        ? messages.lasts(format.percent(Math.round(pace.percentAtEnd)))
        : messages.untilReset(format.relativeDay(resetsAt, asOf)));
  return joined(stands, goes);
}

function standing(
  { percent, heldPercent, used, held, included, unit, label }: Budget,
  amounts: boolean,
  format: Format,
  messages: typeof usagePanelMessages,
): string {
  const withHeld = (ofWhole: string, more: string | false) =>
    joined(messages.stands(ofWhole), more && messages.standsHeld(more));
  if (!amounts || used === null || included === null)
    return withHeld(
      messages.percentOf(format.percent(percent - heldPercent), label),
      heldPercent > 0 && format.percent(heldPercent),
    );
  const whole = format.amount(included, unit).text;
  if (percent < 100)
    return withHeld(
      messages.amountOf(format.figure(used, unit).text, whole),
      heldPercent > 0 && held !== null && format.amount(held, unit).text,
    );
  const over = overAmount(used, held, included);
  return signOf(over) > 0
    ? messages.standsOver(format.amount(over, unit).text, whole)
    : messages.standsAt(whole);
}
