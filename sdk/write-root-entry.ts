import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Writes the package's own entry again, so that it passes each name on from a module that has this name alone.
 *
 * What an entry imports by name, esbuild counts as reached by every page that takes one name of it: with splitting, a page that showed
 * one widget loaded 73 kB, all that the later parts of all other widgets share with the entry. What is only passed on with `*` is not
 * reached. The declarations stay as the compiler made them.
 *
 * @param dist where the modules lie
 */
export function writeRootEntry(dist: string): void {
  const entry = join(dist, 'index.js');
  const names = new Map<string, string[]>();
  for (const { name, from } of passedOn(entry)) {
    const module = moduleOf(name, from);
    names.set(module, [...(names.get(module) ?? []), name]);
  }
  mkdirSync(join(dist, 'root'));
  const lines = [...names].map(([module, some]) => {
    const file = `root/${relative(dist, module).replaceAll('/', '.')}`;
    writeFileSync(join(dist, file), `export { ${some.join(', ')} } from '../${relative(dist, module)}';\n`);
    return `export * from './${file}';\n`;
  });
  writeFileSync(entry, lines.join(''));
  // It spoke of the lines that the compiler wrote.
  rmSync(`${entry}.map`);
}

/** The module that a name comes from at last, so that nothing else is reached on the way to it. */
function moduleOf(name: string, file: string): string {
  const next = passedOn(file).find((each) => each.name === name);
  return next ? moduleOf(name, next.from) : file;
}

/** What a module passes on by name. */
function passedOn(file: string): { name: string; from: string }[] {
  return [...readFileSync(file, 'utf8').matchAll(/^export \{([^}]+)\} from '(\.[^']+)';/gm)].flatMap(
    ([, names = '', path = '']) =>
      names.split(',').flatMap((each) => {
        const name = each.trim();
        // A name that changes on the way ends there.
        return name && !name.includes(' as ') ? [{ name, from: resolve(dirname(file), path) }] : [];
      }),
  );
}
