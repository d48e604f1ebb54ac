import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const matrix = join(root, 'test/e2e/mock-matrix');
const folders = ['recipes', 'playwright', 'jest'];

/** What sdk/TESTING.md shows: the name of a file, and its text. */
function shownFiles(): Map<string, string> {
  const text = readFileSync(join(root, 'sdk/TESTING.md'), 'utf8');
  const blocks = text.matchAll(/^`([\w.-]+)`\n\n```jsx\n(.*?)\n```$/gms);
  return new Map([...blocks].map(([, name = '', code = '']) => [name, code]));
}

it('F27: sdk/TESTING.md shows the files that the matrix runs as tests, word by word', () => {
  const shown = shownFiles();
  expect(shown.size).toBeGreaterThanOrEqual(12);
  const files = folders.flatMap((folder) =>
    readdirSync(join(matrix, folder)).map((name) => join(matrix, folder, name)),
  );
  for (const [name, code] of shown) {
    const file = files.find((path) => path.endsWith(`/${name}`));
    expect(file, `${name} is a file of the matrix`).toBeDefined();
    expect(code, name).toBe(readFileSync(file ?? '', 'utf8').trimEnd());
  }
  const recipes = readdirSync(join(matrix, 'recipes'));
  expect(recipes.filter((name) => !shown.has(name))).toEqual([]);
});
