import type { Summary } from '@usagekit/server/contract';
import type { Words } from '../../words/english.ts';
import { joinSentences, wordsOf } from '../../words/words-of.ts';
import { formatDay, type ReaderFormat } from '../reader-format.ts';
import { blockedLabel, blockedTitle } from './blocked-title.ts';
import type { FoundBlock } from './find-block.ts';
import { actionLabelOf, whoHelps } from './own-action.ts';

/** All that a site ever gets to see: words for a card. No figure, name, id, address or token is in it. */
export interface PageView {
  title: string;
  body: string;
  /** The words of the one button; null where there is nothing to open. */
  actionLabel: string | null;
  notNowLabel: string;
  /** Says whose card it is. */
  source: string;
  /** Read out once, when the card appears. */
  announcement: string;
  language: string;
  direction: 'ltr' | 'rtl';
}

/** Builds the card's words from allowed facts only: the kind of block, the metric's label and when it ends. */
export function toPageView(
  summary: Summary,
  block: FoundBlock,
  hasBillingUrl: boolean,
  format: ReaderFormat,
): PageView {
  const { blocked } = summary;
  const words = wordsOf(format);
  const { card } = words;
  const resetsAt = blocked?.resetsAt ?? null;
  const helper = whoHelps(blocked, words);
  return {
    title: capitalise(
      block.kind === 'short' ? shortTitle(block, summary, words) : blockedTitle(blocked, summary, words),
    ),
    body: joinSentences(words, [
      block.kind === 'short' ? card.short : card.stopped,
      resetsAt === null ? null : card.resetsOn(formatDay(Date.parse(resetsAt), format)),
      helper,
    ]),
    // One who can do nothing about it there is not led to billing.
    actionLabel: hasBillingUrl && helper === null ? actionLabelOf(blocked, words) : null,
    notNowLabel: card.notNow,
    source: card.source,
    announcement: card.announcement,
    language: words.language,
    direction: words.direction,
  };
}

function shortTitle({ metric }: FoundBlock, summary: Summary, words: Words): string {
  const { creditLabel } = summary;
  if (metric === null && creditLabel.currency !== undefined) return words.blocked.tooLittleMoney;
  return metric === null
    ? words.blocked.tooFew(creditLabel.other)
    : words.blocked.tooLittle(blockedLabel({ metric }, summary, words));
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
