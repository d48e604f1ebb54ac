import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { type ModuleFacts, parseModule } from './parse-module.ts';
import { type Area, areas, type Reach, reaches } from './rules.ts';

/** Checked files by their path from the repository's root, with their text. */
export type Sources = ReadonlyMap<string, string>;

/** Gives one line for each breach of the architecture's rules: `path:line what is wrong`. */
export function findViolations(sources: Sources): string[] {
  const facts = new Map([...sources].map(([path, source]) => [path, parseModule(path, source)]));
  return [
    ...[...facts].flatMap(([path, file]) => violationsIn(path, file)),
    ...reaches.flatMap((reach) => violationsOf(reach, facts)),
    ...circlesIn(facts),
  ];
}

/** Files that need themselves to load, by way of others. */
function circlesIn(facts: ReadonlyMap<string, ModuleFacts>): string[] {
  const neighbours = (path: string) =>
    (facts.get(path)?.imports ?? [])
      .filter(({ kind, specifier }) => kind === 'value' && specifier.startsWith('.'))
      .map(({ specifier }) => resolveLocal(path, specifier))
      .filter((other) => facts.has(other));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    const at = way.indexOf(path);
    if (at !== -1) circles.push(`${path}:1 imports itself by way of ${way.slice(at + 1).join(', ')}`);
    if (at !== -1 || done.has(path)) return;
    for (const other of neighbours(path)) visit(other, [...way, path]);
    done.add(path);
  };
  for (const path of facts.keys()) visit(path, []);
  return circles;
}

function violationsIn(path: string, facts: ModuleFacts): string[] {
  const area = areas.find(({ files }) => files.test(path));
  if (area === undefined) return [`${path}:1 belongs to no area of test/meta/architecture/rules.ts`];
  const at = (line: number, text: string) => `${path}:${line} ${area.name} ${text}`;
  return [
    ...facts.imports
      .filter(({ specifier }) => !mayImport(area, path, specifier))
      .map(({ specifier, line }) => at(line, `may not import ${specifier}`)),
    ...(area.deterministic ? facts.impureCalls : [])
      .filter(({ text }) => !area.mayCall?.test(text))
      .map(({ text, line }) => at(line, `is handed the time and chance and may not call ${text}`)),
    ...(area.synchronous ? facts.asyncSyntax : []).map(({ line }) => at(line, 'may not be asynchronous')),
    ...(area.withoutChrome ? facts.chromeUses : []).map(({ line }) => at(line, 'may not name chrome')),
  ];
}

function mayImport(area: Area, path: string, specifier: string): boolean {
  if (specifier.startsWith('.')) return area.local.test(resolveLocal(path, specifier));
  if (isBuiltin(specifier)) return area.node === true;
  return area.packages?.test(specifier) ?? false;
}

function violationsOf(reach: Reach, facts: ReadonlyMap<string, ModuleFacts>): string[] {
  return [...facts.keys()]
    .filter((path) => reach.entries.test(path))
    .flatMap((entry) =>
      staticImportsFrom(entry, facts)
        .filter(({ specifier }) => reach.mustNotReach.test(specifier))
        .map(
          ({ specifier, path, line }) =>
            `${path}:${line} is loaded by ${entry} and imports ${specifier}, but ${reach.name}`,
        ),
    );
}

/** Every import that is carried out when `entry` is loaded. */
function staticImportsFrom(entry: string, facts: ReadonlyMap<string, ModuleFacts>) {
  const found: { specifier: string; path: string; line: number }[] = [];
  const seen = new Set([entry]);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const path of seen) {
    for (const { specifier, kind, line } of facts.get(path)?.imports ?? []) {
      if (kind !== 'value') continue;
      found.push({ specifier, path, line });
      if (specifier.startsWith('.')) seen.add(resolveLocal(path, specifier));
    }
  }
  return found;
}

function resolveLocal(path: string, specifier: string): string {
  return posix.join(posix.dirname(path), specifier);
}
