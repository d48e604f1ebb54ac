import { writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { createModuleGraph } from './module-graph.ts';

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
 * @param connection the file that hosts import to connect
 * @param entries the files that hosts import for the widgets that many pages have
 * @param gathered those of them whose own later parts reach what the widget loads at first, so that nearly all of it is one chunk;. What
 * loads these parts is left out: reached by them, Rolldown makes more chunks of a page that takes widgets from the package's own entry.
 */
export function writeSharedModules(
  dist: string,
  connection: string,
  entries: readonly string[],
  gathered: readonly string[],
): void {
  const { textOf, closureOf, loadedLater, laterOf } = createModuleGraph();
  const connecting = closureOf(connection);
  const first = new Set([...connecting, ...entries.flatMap((entry) => [...closureOf(entry)])]);
  const later = [...laterOf(first)];
  const sharing = later.filter((part) => [...closureOf(part)].some((file) => first.has(file)));
  const reached = sharing.flatMap((part) => [...closureOf(part)].filter((file) => first.has(file)));
  // A module that loads another part would make a chunk of that part for hosts that do not have it.
  const isBound = (file: string) => loadedLater(file).some((part) => sharing.includes(part));
  const imports = [...new Set([...connecting, ...reached])]
    .filter((file) => !isBound(file))
    .map((file) => `import './${relative(dist, file)}';`);
  const path = join(dist, 'shared.js');
  writeFileSync(path, `${imports.sort().join('\n')}\n`);
  const ownParts = gathered.map((entry) => {
    const others = entries.filter((each) => each !== entry);
    const partsOfOthers = new Set(others.flatMap((each) => [...laterOf(closureOf(each))]));
    return {
      entry,
      parts: new Set([...laterOf(closureOf(entry))].filter((part) => !partsOfOthers.has(part))),
    };
  });
  const reachedOf = (entry: string) => [...closureOf(entry)].filter((file) => !isBound(file));
  const specifier = (from: string, to: string) => relative(dirname(from), to).replace(/^(?!\.)/, './');
  for (const part of sharing) {
    const owner = ownParts.find(({ parts }) => parts.has(part));
    const imported = owner ? [path, ...reachedOf(owner.entry)] : [path];
    // At the end, so that lines keep the places which the source map knows.
    writeFileSync(
      part,
      textOf(part).replace(/(?=\n\/\/# sourceMappingURL|$(?![\s\S]))/, () =>
        imported.map((file) => `\nimport '${specifier(part, file)}';`).join(''),
      ),
    );
  }
}
