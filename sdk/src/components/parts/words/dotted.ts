import { unbroken } from './unbroken.ts';

/** The words that are there, with dots between. No line begins with a dot, and amounts and dates stay whole, as in `unbroken`. */
export function dotted(...words: (string | false | null | undefined)[]): string {
  return unbroken(words.filter(Boolean).join('\u00a0· '));
}
