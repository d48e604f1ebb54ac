import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { createModuleGraph } from './module-graph.ts';

/**
 * Puts the modules that all widgets load at first into one, or two: those that begin with 'use client' stay apart from what servers
 * import. Each module passes on what it exported.
 *
 * webpack does not join a module with others once a later part uses it too: each of forty kept a wrapper, which was half a kilobyte of
 * each page. What a page does not use is still left out, since none of the lines has an effect of its own.
 *
 * @param dist where the modules lie
 * @param connection the file that hosts import to connect
 * @param entries the files that hosts import for the widgets that many pages have
 */
export async function mergeFirstModules(
  dist: string,
  connection: string,
  entries: readonly string[],
): Promise<void> {
  const { textOf, closureOf, laterOf } = createModuleGraph();
  const firsts = entries.map((entry) => new Set([...closureOf(connection), ...closureOf(entry)]));
  const laters = firsts
    .map(laterOf)
    .map((parts) => new Set([...parts].flatMap((part) => [...closureOf(part)])));
  const isClient = (file: string) =>
    [...closureOf(file)].some((each) => /^'use client'|from "react/m.test(textOf(each)));
  const isOfAll = (file: string) =>
    // Where all but one load it at first, that one is not to load it for a later part alone.
    firsts.filter((first) => first.has(file)).length >= firsts.length - 1 &&
    firsts.every((first, place) => first.has(file) || !laters[place]?.has(file));
  const merged = [...new Set(firsts.flatMap((first) => [...first]))]
    .filter((file) => isOfAll(file))
    .map((file) => ({
      file,
      isClient: isClient(file),
      names: exportedNames(textOf(file)),
      text: textOf(file),
    }))
    .filter(({ names }) => names.length > 0);
  mkdirSync(join(dist, 'first'));
  const isOfServers = (each: Merged) => !each.isClient;
  await mergeModules(dist, join(dist, 'first/all.js'), merged.filter(isOfServers));
  await mergeModules(
    dist,
    join(dist, 'first/all.client.js'),
    merged.filter((each) => each.isClient),
  );
}

interface Merged {
  file: string;
  isClient: boolean;
  /** What it makes and exports. */
  names: string[];
  text: string;
}

async function mergeModules(dist: string, target: string, modules: readonly Merged[]): Promise<void> {
  const files = new Set(modules.map(({ file }) => file));
  const names = modules.flatMap((each) => each.names);
  const twice = names.filter((name, place) => names.indexOf(name) !== place);
  if (twice.length > 0) throw new Error(`Two modules of ${target} export ${twice.join(', ')}.`);
  const entry = `${target}.entry`;
  const build = await rolldown({
    input: entry,
    platform: 'neutral',
    plugins: [
      {
        name: 'these-modules-alone',
        resolveId(id, importer) {
          if (id === entry) return id;
          const path = id.startsWith('.') && importer ? resolve(dirname(importer), id) : id;
          if (files.has(path)) return path;
          return { id: path, external: path.startsWith(dist) ? 'relative' : true };
        },
        load: (id) => (id === entry ? [...files].map((file) => `export * from '${file}';`).join('\n') : null),
      },
    ],
    onLog(level, log, tell) {
      if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log);
    },
  });
  const isClient = modules.some((each) => each.isClient);
  await build.write({
    file: target,
    format: 'esm',
    sourcemap: true,
    ...(isClient && { banner: "'use client';" }),
  });
  for (const each of modules) {
    const directive = each.text.startsWith("'use client'") ? "'use client';\n" : '';
    const from = relative(dirname(each.file), target);
    writeFileSync(each.file, `${directive}export { ${each.names.join(', ')} } from '${from}';\n`);
    rmSync(`${each.file}.map`);
  }
}

function exportedNames(text: string): string[] {
  const declared = text.matchAll(/^export (?:async )?(?:const|function\*?|class) (\w+)/gm);
  return [...declared].map(([, name = '']) => name);
}
