import { useSummary } from '@usagekit/react';
import { followLink } from '../use-path.ts';

/** The balance in the sidebar, live: a hook and the product's own design. */
export function CreditsLeft() {
  const { data: summary } = useSummary();
  if (!summary?.credits) return null;
  const available = Number(summary.credits.available);
  const included = Math.max(Number(summary.creditsIncluded ?? 0), available, 1);
  return (
    <a className="credits-left" href="/usage" onClick={followLink} data-level={summary.level}>
      <span className="credits-left-figure">{Math.floor(available).toLocaleString('en-GB')}</span> credits
      left
      <svg className="credits-left-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect className="track" width="100" height="4" />
        <rect className="fill" width={(100 * available) / included} height="4" />
      </svg>
    </a>
  );
}
