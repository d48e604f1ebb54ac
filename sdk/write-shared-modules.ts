import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Writes `shared.js`, which names the modules that the later parts of widgets share with what is loaded at first, and lets each of these
 * parts import it.
 *
 * esbuild with splitting makes a chunk of each set of modules that the same parts reach. A page with all widgets needed twenty such
 * chunks before its first figures, each compressed by itself, for five kilobytes more than the same modules in one. Parts
 * that all reach the same modules share one chunk of them. Nothing of it is in a bundle: the module is empty except for its imports,
 * and none of what it imports has an effect of its own.
 *
 * @param dist where the modules lie
 * @param entries the files that hosts import for the widgets that many pages have
 */
export function writeSharedModules(dist: string, entries: readonly string[]): void {
  const texts = new Map<string, string>();
  const textOf = (file: string) => {
    const text = texts.get(file) ?? readFileSync(file, 'utf8');
    texts.set(file, text);
    return text;
  };
  const named = (file: string, pattern: RegExp) =>
    [...textOf(file).matchAll(pattern)].map(([, path = '']) => resolve(dirname(file), path));
  const loadedLater = (file: string) => named(file, /\bimport\(\s*['"](\.[^'"]+)['"]\s*\)/g);
  const closureOf = (file: string, known = new Set<string>()): Set<string> => {
    if (known.has(file)) return known;
    known.add(file);
    for (const each of named(file, /(?:\bfrom|^import)\s*['"](\.[^'"]+)['"]/gm)) closureOf(each, known);
    return known;
  };

  const first = new Set(entries.flatMap((entry) => [...closureOf(entry)]));
  const later = new Set<string>();
  const addLater = (files: Iterable<string>) => {
    for (const file of files)
      for (const part of loadedLater(file)) {
        if (later.has(part)) continue;
        later.add(part);
        addLater(closureOf(part));
      }
  };
  addLater(first);

  const sharing = [...later].filter((part) => [...closureOf(part)].some((file) => first.has(file)));
  const shared = new Set(sharing.flatMap((part) => [...closureOf(part)].filter((file) => first.has(file))));
  // A module that loads another part would make a chunk of that part for hosts that do not have it.
  const isBound = (file: string) => loadedLater(file).some((part) => sharing.includes(part));
  const imports = [...shared]
    .filter((file) => !isBound(file))
    .map((file) => `import './${relative(dist, file)}';`);
  const path = join(dist, 'shared.js');
  writeFileSync(path, `${imports.sort().join('\n')}\n`);
  for (const part of sharing) {
    const from = relative(dirname(part), path);
    // At the end, so that lines keep the places which the source map knows.
    writeFileSync(
      part,
      textOf(part).replace(
        /(?=\n\/\/# sourceMappingURL|$(?![\s\S]))/,
        () => `\nimport '${from.startsWith('.') ? from : `./${from}`}';`,
      ),
    );
  }
}
