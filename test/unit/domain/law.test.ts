import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const law = readFileSync(new URL('../../../server/src/domain/README.md', import.meta.url), 'utf8');
const stated = [...law.matchAll(/\*\*L(\d+)\*\*/g)].map(([, number]) => Number(number));

/** The numbers that test names quote: `L28`, or a span such as `L27 to L53`. */
function quotedIn(source: string): number[] {
  const spans = [...source.matchAll(/\bL(\d+)(?: to L(\d+))?\b/g)];
  return spans.flatMap(([, first, last = first]) => {
    const from = Number(first);
    return Array.from({ length: Number(last) - from + 1 }, (_, index) => from + index);
  });
}

const quoted = new Set(
  readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && name !== 'law.test.ts')
    .flatMap((name) => quotedIn(readFileSync(new URL(name, import.meta.url), 'utf8'))),
);

it('the law gives no number twice, so that a number that a test or a comment quotes names one sentence for good', () => {
  expect(new Set(stated).size).toBe(stated.length);
});

it('every sentence of the law is quoted by a test, and no test quotes one that is not there', () => {
  expect(stated.filter((number) => !quoted.has(number))).toEqual([]);
  expect([...quoted].filter((number) => !stated.includes(number))).toEqual([]);
});
