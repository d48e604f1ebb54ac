import { wordsOf } from '../../words/words-of.ts';
import { badgeOf, linePhrase } from '../badge/badge.ts';
import type { BadgeState } from '../badge/badge-state.ts';
import type { ReaderFormat } from '../reader-format.ts';
import type { IconChoice } from '../settings.ts';

/** The line that stands on an added site where the user wants it. It names no account, and nothing but the extension draws it. */
export interface ChipView {
  words: string;
  /** The badge's colour. */
  color: string;
  putAwayLabel: string;
  /** Says whose line it is. */
  source: string;
  language: string;
  direction: 'ltr' | 'rtl';
}

/** Says how things stand in the words and the colour of the badge. */
export function toChipView(badgeState: BadgeState, format: ReaderFormat, icon: IconChoice): ChipView {
  const words = wordsOf(format);
  return {
    words: linePhrase(badgeState, format, icon),
    color: badgeOf(badgeState, format, icon).color,
    putAwayLabel: words.chip.putAway,
    source: words.card.source,
    language: words.language,
    direction: words.direction,
  };
}
