import type { Readable } from 'node:stream';

/** A row has no more characters. A longer one most likely has a quote that is not closed, and all that follows in its cell. */
export const rowCharactersMax = 100_000;

/**
 * The text of a CSV file, without lines that begin no row: one with a quote that nothing closes within `rowCharactersMax`
 * characters or where a cell ends, and one that is longer than that. Such a line is told and becomes an empty one, so that the lines after it keep
 * their numbers and are read as rows of their own.
 */
export async function* wholeRows(
  stream: Readable,
  tellProblem: (line: number, problem: string) => void,
): AsyncGenerator<string> {
  /** The lines of a row whose quote is open, and their characters. */
  let held: string[] = [];
  let characters = 0;
  let lineOfFirst = 1;
  let quote: QuoteScan = 'closed';
  const take = (line: string): string => {
    held.push(line);
    characters += line.length;
    quote = scanQuotes(line, quote);
    if (quote === 'broken' || characters > rowCharactersMax) return giveUpFirst();
    return quote === 'open' ? '' : releaseAll();
  };
  const releaseAll = (): string => {
    const text = held.join('');
    lineOfFirst += held.length;
    held = [];
    characters = 0;
    return text;
  };
  const giveUpFirst = (): string => {
    const [first = '', ...others] = held;
    tellProblem(
      lineOfFirst,
      first.length > rowCharactersMax
        ? `is longer than ${rowCharactersMax} characters`
        : 'has a quote that is not closed',
    );
    lineOfFirst += 1;
    held = [];
    characters = 0;
    quote = 'closed';
    return `\n${others.map(take).join('')}`;
  };
  for await (const line of linesOf(stream)) yield take(line);
  while (held.length > 0) yield giveUpFirst();
}

/** At a line's end: `broken` where text follows a quote that closes a cell. */
type QuoteScan = 'open' | 'closed' | 'broken';

/** A quote opens a cell only where the cell begins; two in a cell stand for one. */
function scanQuotes(line: string, before: QuoteScan): QuoteScan {
  if (!line.includes('"')) return before;
  let isOpen = before === 'open';
  let atStart = true;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at];
    if (isOpen) {
      if (character !== '"') continue;
      if (line[at + 1] === '"') at += 1;
      else if (/^[ \t]*(,|\r|\n|$)/.test(line.slice(at + 1, at + 100))) isOpen = atStart = false;
      else return 'broken';
    } else if (character === '"' && atStart) isOpen = true;
    else if (character === ',') atStart = true;
    else if (!(character === ' ' || character === '\t' || character === '\ufeff')) atStart = false;
  }
  return isOpen ? 'open' : 'closed';
}

/** Physical lines with what ends them: a line feed, a carriage return, or both. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let rest = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream as AsyncIterable<string>) {
    const isWithin = !/[\r\n]/.test(chunk) && !rest.endsWith('\r');
    rest += chunk;
    if (isWithin) continue;
    const lines = rest.split(/(?<=\n|\r(?!\n))/);
    // The last one may go on in the next chunk.
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
