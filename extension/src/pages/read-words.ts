import { readReaderFormat } from '../chrome/ports/system-port.ts';
import type { Words } from '../words/english.ts';
import { wordsOf } from '../words/words-of.ts';

/** The texts of a page in the browser's language. */
export function readWords(): Words {
  return wordsOf(readReaderFormat());
}
