import type { Instant } from '@usagekit/server/contract';
import type { Pace } from '../core/account/pace.ts';
import { formatDistance, type ReaderFormat } from '../core/reader-format.ts';
import { wordsOf } from '../words/words-of.ts';

export interface PaceLineProps {
  pace: Pace | null;
  /** The instant of the figures. */
  asOf: Instant;
  format: ReaderFormat;
}

/** Says whether it lasts until the reset; nothing where that cannot be told. */
export function PaceLine({ pace, asOf, format }: PaceLineProps) {
  if (pace === null) return null;
  const { pace: words } = wordsOf(format);
  return (
    <p className="small muted">
      {pace.kind === 'lasts' ? words.lasts : words.runsOut(formatDistance(pace.at, asOf, format))}
    </p>
  );
}
