/** The words that are there, with dots between. */
export function dotted(...words: (string | false | null | undefined)[]): string {
  return words.filter(Boolean).join(' · ');
}
