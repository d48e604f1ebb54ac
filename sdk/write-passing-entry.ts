import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Writes an entry again, so that it passes each name on from a module that has this name alone.
 *
 * What an entry imports by name, esbuild counts as reached by every page that takes one name of it: with splitting, a page that showed
 * one widget of the package's own entry loaded 73 kB, all that the later parts of all other widgets share with the entry. What is only
 * passed on with `*` is not reached. The declarations stay as the compiler made them.
 *
 * @param dist where the modules lie
 * @param name the entry's path in it, without `.js`
 */
export function writePassingEntry(dist: string, name: string): void {
  const entry = join(dist, `${name}.js`);
  const names = new Map<string, string[]>();
  for (const each of passedOn(entry)) {
    const module = moduleOf(each.name, each.from);
    names.set(module, [...(names.get(module) ?? []), each.name]);
  }
  const folder = join(dist, 'passed', name);
  mkdirSync(folder, { recursive: true });
  const pathFrom = (from: string, to: string) => relative(from, to).replace(/^(?!\.)/, './');
  const lines = [...names].map(([module, some]) => {
    const file = join(folder, relative(dist, module).replaceAll('/', '.'));
    writeFileSync(file, `export { ${some.join(', ')} } from '${pathFrom(folder, module)}';\n`);
    return `export * from '${pathFrom(dirname(entry), file)}';\n`;
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
