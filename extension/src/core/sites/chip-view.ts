import { wordsOf } from '../../words/words-of.ts';
import type { Standing } from '../account/standing.ts';
import { badgeOf, linePhrase } from '../badge/badge.ts';
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
export function toChipView(standing: Standing, format: ReaderFormat, icon: IconChoice): ChipView {
  const words = wordsOf(format);
  return {
    words: linePhrase(standing, format, icon),
    color: badgeOf(standing, format, icon).color,
    putAwayLabel: words.chip.putAway,
    source: words.card.source,
    language: words.language,
    direction: words.direction,
  };
}
