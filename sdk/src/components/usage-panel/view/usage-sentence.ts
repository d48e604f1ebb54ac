import type { Usage } from '@usagekit/server/contract';
import { signOf } from '../../../derive/sign-of.ts';
import { cyclePace } from '../../../derive/usage/cycle-pace.ts';
import { overAmount } from '../../../derive/usage/over-amount.ts';
import type { Format } from '../../../format/create-format.ts';
import type { Messages } from '../../../messages/messages.ts';

/**
 * One or two sentences on how the period stands and where it is going.
 *
 * @param amounts whether amounts may be written, or percentages only
 * @param predicts whether it says where the budget is going; the page may say so elsewhere
 * @param format in the account's time zone, in which days are counted
 */
export function usageSentence(
  usage: Usage,
  amounts: boolean,
  predicts: boolean,
  format: Format,
  messages: Messages['usagePanel'],
): string {
  const { budget, cycle, asOf } = usage;
  if (!budget) return metersSentence(usage, format, messages);
  const { percent, heldPercent, used, held, included, unit, label, resetsAt } = budget;
  const reset = messages.untilReset(format.relativeDay(resetsAt, asOf));
  if (percent <= 0) return messages.standsUnused;
  const written = amounts && used !== null && included !== null ? { used, included } : null;
  const withHeld = (ofWhole: string, more: string | false) =>
    [messages.stands(ofWhole), more && messages.standsHeld(more)].filter(Boolean).join(' ');
  const inPercent = () =>
    withHeld(
      messages.percentOf(format.percent(percent - heldPercent), label),
      heldPercent > 0 && format.percent(heldPercent),
    );
  if (percent >= 100) {
    if (!written) return `${inPercent()} ${reset}`;
    const over = overAmount(written.used, held, written.included);
    const whole = format.amount(written.included, unit).text;
    const stands =
      signOf(over) > 0
        ? messages.standsOver(format.amount(over, unit).text, whole)
        : messages.standsAt(whole);
    return `${stands} ${reset}`;
  }
  const stands = written
    ? withHeld(
        messages.amountOf(format.figure(written.used, unit).text, format.amount(written.included, unit).text),
        heldPercent > 0 && held !== null && format.amount(held, unit).text,
      )
    : inPercent();
  if (!predicts) return stands;
  const pace = cyclePace(percent, cycle, asOf);
  if (!pace) return `${stands} ${reset}`;
  return `${stands} ${
    pace.runsOutAt
      ? messages.runsOut(format.date(pace.runsOutAt, asOf))
      : messages.lasts(format.percent(Math.round(pace.percentAtEnd)))
  }`;
}

function metersSentence(
  { groups, windows }: Usage,
  format: Format,
  messages: Messages['usagePanel'],
): string {
  const meters = [...windows, ...groups.flatMap((group) => group.meters)];
  const close = meters.filter(({ level }) => level === 'warning' || level === 'high' || level === 'over');
  if (close.length === 0) return messages.metersFine;
  const names = new Intl.ListFormat(format.locale).format(close.map(({ label }) => label));
  return messages.metersAttention(close.length, names);
}
