import { useSummary } from '@usagekit/react';
import { formatCredits } from '../format-credits.ts';
import { followLink } from '../use-path.ts';

/** The balance in the sidebar, live: a hook and the product's own design. */
export function CreditsLeft() {
  const { data: summary } = useSummary();
  if (!summary?.credits) return null;
  const available = Number(summary.credits.available);
  const leftPercent = (100 * available) / Math.max(Number(summary.creditsIncluded), available, 1);
  return (
    <a className="credits-left" href="/usage" onClick={followLink} data-low={leftPercent < 20}>
      <span className="credits-left-figure">{formatCredits(String(Math.floor(available)))}</span> credits left
      <svg className="credits-left-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect className="track" width="100" height="4" />
        <rect className="fill" width={leftPercent} height="4" />
      </svg>
    </a>
  );
}
