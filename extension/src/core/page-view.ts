import type { Blocked, Summary } from '@usagekit/server/contract';
import type { FoundBlock } from './find-block.ts';
import { ownActionOf, whoHelps } from './own-action.ts';
import { formatDay, type ReaderFormat } from './reader-format.ts';

/** All that a site ever gets to see: words for a card. No figure, name, id, address or token is in it. */
export interface PageView {
  title: string;
  body: string;
  /** The words of the one button; null where there is nothing to open. */
  actionLabel: string | null;
}

/** Builds the card's words from allowed facts only: the kind of block, the metric's label and when it ends. */
export function toPageView(
  summary: Summary,
  block: FoundBlock,
  hasBillingUrl: boolean,
  format: ReaderFormat,
): PageView {
  const { blocked } = summary;
  const resetsAt = blocked?.resetsAt ?? null;
  return {
    title: block.kind === 'short' ? shortTitle(block, summary) : stoppedTitle(blocked, summary),
    body: [
      block.kind === 'short'
        ? 'What was asked for needs more than is left. Nothing was deleted.'
        : 'New work is paused and nothing was deleted.',
      resetsAt === null ? null : `Resets on ${formatDay(Date.parse(resetsAt), format)}.`,
      whoHelps(blocked),
    ]
      .filter((part) => part !== null)
      .join(' '),
    // One who can do nothing about it there is not led to billing.
    actionLabel: hasBillingUrl && whoHelps(blocked) === null ? actionLabelOf(blocked) : null,
  };
}

function shortTitle({ metric }: FoundBlock, summary: Summary): string {
  return metric === null
    ? `Not enough ${summary.creditLabel.other} left`
    : `${labelOf(metric, summary)}: not enough left`;
}

function labelOf(metric: string | null, summary: Summary): string {
  return summary.meters.find((meter) => meter.metric === metric)?.label ?? 'A limit of the plan';
}

function stoppedTitle(blocked: Blocked | null, summary: Summary): string {
  if (blocked === null || blocked.reason === 'insufficient_credits') {
    return `${capitalise(summary.creditLabel.other)} are used up`;
  }
  const label = labelOf(blocked.metric, summary);
  return blocked.reason === 'metric_paused' ? `${label} is paused` : `${label}: limit reached`;
}

function actionLabelOf(blocked: Blocked | null): string {
  const kind = ownActionOf(blocked)?.kind;
  if (kind === 'buy_credits') return 'Buy credits';
  if (kind === 'upgrade') return 'See plans';
  if (kind === 'update_payment') return 'Update payment';
  return 'Open billing';
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
