import { GrantBar } from '@usagekit/react/credit-balance';
import type { Credits, Summary } from '@usagekit/server/contract';
import { creditsResetAtOf, paceOfCredits } from '../core/account/pace.ts';
import { formatDistance, formatFigure, type ReaderFormat, unitOf } from '../core/reader-format.ts';
import { wordsOf } from '../words/words-of.ts';
import { PaceLine } from './pace-line.tsx';

export interface BalanceCardProps {
  summary: Summary;
  /** Null until they were asked for, or where the role may not see them. */
  credits: Credits | null;
  format: ReaderFormat;
}

/**
 * The one big figure. It comes from the summary, which is live; the grants beneath it come from the credits and are
 * left out while they are of another balance, so that the parts never fail to add up.
 */
export function BalanceCard({ summary, credits, format }: BalanceCardProps) {
  const { credits: left, creditLabel } = summary;
  if (left === null) return null;
  const { popup: words, badgeState } = wordsOf(format);
  const isExact = credits !== null && credits.available === left.available && credits.held === left.held;
  const figure = (amount: string) => formatFigure(amount, creditLabel, format);
  return (
    <section className="balance" aria-label={words.balance}>
      <p className="small muted">{words.available}</p>
      <p className="balance-figure" data-over={Number(left.available) <= 0 || undefined}>
        <span className="balance-number">{figure(left.available)}</span> {unitOf(left.available, creditLabel)}
      </p>
      {Number(left.held) > 0 && <p className="small">{badgeState.held(figure(left.held))}</p>}
      <p className="small muted">{balanceCaption(summary, format)}</p>
      <PaceLine pace={paceOfCredits(summary)} asOf={summary.asOf} format={format} />
      {isExact && credits.grants.length > 0 && (
        <div className="uk-root balance-grants">
          <GrantBar grants={credits.grants} asOf={credits.asOf} />
        </div>
      )}
    </section>
  );
}

function balanceCaption(summary: Summary, format: ReaderFormat): string | null {
  const { creditsIncluded: included, creditLabel, asOf } = summary;
  const resetsAt = creditsResetAtOf(summary);
  const { popup: words } = wordsOf(format);
  const parts: string[] = [];
  if (included !== null && Number(included) > 0)
    parts.push(words.ofThisPeriod(formatFigure(included, creditLabel, format)));
  if (resetsAt !== null) parts.push(words.resetsIn(formatDistance(resetsAt, asOf, format)));
  return parts.length === 0 ? null : parts.join(' · ');
}
