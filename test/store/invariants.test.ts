import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const readme = readFileSync(new URL('../../server/src/store/README.md', import.meta.url), 'utf8');
const stated = [...readme.matchAll(/\*\*I(\d+)\*\*/g)].map(([, number]) => Number(number));

/** The numbers that names of tests quote. */
function quotedIn(folder: string): number[] {
  const root = new URL(folder, import.meta.url);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [...readFileSync(new URL(name, root), 'utf8').matchAll(/'(?:[A-Z]+\d+, )*I(\d+): /g)])
    .map(([, number]) => Number(number));
}

const quoted = new Set(['./', '../unit/store/', '../api/node/'].flatMap(quotedIn));

it('the invariants of the stores are numbered once, and each is quoted by a test', () => {
  expect(stated.length).toBeGreaterThan(20);
  expect(new Set(stated).size).toBe(stated.length);
  expect(stated.filter((number) => !quoted.has(number))).toEqual([]);
  expect([...quoted].filter((number) => !stated.includes(number))).toEqual([]);
});
