import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findUndocumented } from './find-undocumented.ts';

const root = new URL('../../', import.meta.url);

/** Schemas are their types' own, by the same names; an address is a route, which says what it does. */
const saidElsewhere = new Set(['./contract/schemas', './contract/addresses']);

/** Entries of the published packages that are code. */
const entries = ['server', 'server/packages/node', 'server/packages/usagekit', 'sdk'].flatMap((folder) => {
  const { name, exports } = JSON.parse(readFileSync(new URL(`${folder}/package.json`, root), 'utf8')) as {
    name: string;
    exports?: Record<string, string | { source?: string }>;
  };
  return Object.entries(exports ?? {}).flatMap(([entry, target]) => {
    const source = typeof target === 'string' ? undefined : target.source;
    return source !== undefined && /\.tsx?$/.test(source) && !saidElsewhere.has(entry)
      ? [{ entry: `${name}${entry.slice(1)}`, url: new URL(`${folder}/${source}`, root).href }]
      : [];
  });
});

describe('what the packages export', () => {
  it('is all of it code that is found', () => {
    expect(entries.length).toBeGreaterThan(50);
  });

  it.each(entries)('has a docstring in $entry, each name and each member', ({ url }) => {
    expect(findUndocumented(url)).toEqual([]);
  });
});

describe('the search for docstrings', () => {
  const files: Record<string, string> = {
    'file:///sdk/src/index.ts':
      "export * from './a.ts'; export { B, type BProps } from './b.tsx'; export { c } from 'x';",
    'file:///sdk/src/a.ts': '/** Said. */\nexport const said = 1;\nexport function unsaid() {}',
    'file:///sdk/src/b.tsx':
      'export interface BProps {\n  /** Said. */\n  a: string;\n  b: number;\n}\n/** Said. */\nexport const B = () => null;',
  };

  it('names what has none, wherever it is declared', () => {
    expect(findUndocumented('file:///sdk/src/index.ts', (url) => files[url] ?? '')).toEqual([
      'sdk/src/a.ts#unsaid',
      'sdk/src/b.tsx#BProps.b',
    ]);
  });
});
