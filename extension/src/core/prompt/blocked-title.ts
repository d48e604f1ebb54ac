import type { Blocked, Summary } from '@usagekit/server/contract';
import type { Words } from '../../words/english.ts';

/**
 * Says in one phrase why work is stopped.
 * @param blocked Null for the moment between the message that work is stopped and the answer that says why.
 */
export function blockedTitle(blocked: Blocked | null, summary: Summary, words: Words): string {
  if (blocked === null) return words.badgeState.blocked;
  const { noneLeft, noMoneyLeft, reached, metricPaused } = words.blocked;
  const { creditLabel } = summary;
  if (blocked.reason === 'insufficient_credits')
    return creditLabel.currency === undefined ? noneLeft(creditLabel.other) : noMoneyLeft;
  const label = blockedLabel(blocked, summary, words);
  return blocked.reason === 'metric_paused' ? metricPaused(label) : reached(label);
}

/** The label of the meter or window that stops work. */
export function blockedLabel(
  { reason, metric }: Pick<Blocked, 'metric'> & { reason?: Blocked['reason'] },
  { meters, windows }: Pick<Summary, 'meters' | 'windows'>,
  words: Words,
): string {
  const windowsOf = windows.filter((known) => known.metric === metric).sort((a, b) => b.percent - a.percent);
  const fullest = reason === 'window_limit_reached' ? windowsOf[0] : undefined;
  const meter = meters.find((known) => known.metric === metric);
  return (fullest ?? meter)?.label ?? words.blocked.someLimit;
}
