import { setTimeout as wait } from 'node:timers/promises';

export interface Findings {
  /** The whole text. */
  text: string;
  /** The text as it is written, word by word. */
  words: AsyncGenerator<string>;
  /** How much of what was set aside was used. */
  share: number;
}

const wordMs = 28;

/** Stands in for a language model with its tools: the demo calls none. The same question gets the same answer. */
export function readSources(question: string, searches: number): Findings {
  const topic = question.replace(/[?.!\s]+$/, '');
  const text = [
    `${searches * 3} sources were read on “${topic}”, and ${searches} of them were kept.`,
    'Three findings hold across all of them. Costs fall where the work is planned together rather than site by site. Delays come from permits more often than from supply. The figures that are quoted most are older than five years.',
    'Two claims could not be confirmed and are marked in the notes. A next step would be to ask for the figures behind the second chart.',
  ].join('\n\n');
  return { text, words: write(text), share: 0.8 + (sumOfCharacters(question) % 18) / 100 };
}

async function* write(text: string): AsyncGenerator<string> {
  for (const word of text.match(/\S+\s*/g) ?? []) {
    await wait(wordMs);
    yield word;
  }
}

function sumOfCharacters(text: string): number {
  return [...text].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0);
}
