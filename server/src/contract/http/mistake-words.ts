import type { InvalidParameter } from './problem.ts';

/** The mistake in a sentence: the whole `detail` of a problem that has no other. */
export function mistakeSentence({ pointer, detail }: Omit<InvalidParameter, 'accepted'>): string {
  return `${pointer || 'The body'}: ${detail}`;
}

/** Whether the words of a problem are those of one of its mistakes, so that they would be told twice. */
export function isMistakeSentence(
  words: string | undefined,
  mistakes: readonly Readonly<InvalidParameter>[],
): boolean {
  return mistakes.some((mistake) => words === mistakeSentence(mistake));
}

/** The mistake on a line of a list, with what is accepted. */
export function mistakeLine({ pointer, detail, accepted }: Readonly<InvalidParameter>): string {
  return `${pointer}: ${detail} (accepted: ${accepted})`;
}
