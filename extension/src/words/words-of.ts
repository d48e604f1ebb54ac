import { arabic } from './arabic.ts';
import { english, type Words } from './english.ts';
import { german } from './german.ts';
import { japanese } from './japanese.ts';

const languages: readonly Words[] = [english, german, japanese, arabic];

/** The extension's texts for a reader, by the language of the browser; English where there are none in it. */
export function wordsOf({ locale }: { locale: string }): Words {
  const language = locale.toLowerCase().split('-')[0];
  return languages.find((words) => words.language === language) ?? english;
}

/**
 * The locale of figures, dates and distances: the browser's, or English in the browser's region where the texts are English, so that
 * no sentence is of two languages.
 */
export function localeOf(browserLanguage: string): string {
  const words = wordsOf({ locale: browserLanguage });
  const { language, region } = new Intl.Locale(browserLanguage);
  if (language === words.language) return browserLanguage;
  return region === undefined ? words.language : `${words.language}-${region}`;
}

/** Joins parts of one phrase; those that are not there are left out. */
export function joinPhrase({ punctuation }: Words, parts: readonly (string | null | undefined)[]): string {
  return parts.filter(isText).join(punctuation.comma);
}

/** Joins sentences, and ends each that does not end by itself. */
export function joinSentences(
  { punctuation: { gap, stop } }: Words,
  parts: readonly (string | null | undefined)[],
): string {
  return parts
    .filter(isText)
    .map((part) => (/[.!?。？！؟]$/.test(part) ? part : `${part}${stop}`))
    .join(gap);
}

function isText(part: string | null | undefined): part is string {
  return part !== null && part !== undefined && part !== '';
}
