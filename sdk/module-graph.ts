import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Which of the emitted modules import which, and which they load later. */
export interface ModuleGraph {
  textOf(file: string): string;
  /** The file with all that it imports, at any remove. */
  closureOf(file: string): Set<string>;
  /** The modules that one loads when they are needed. */
  loadedLater(file: string): string[];
  /** The modules that these load when they are needed, and that those load again. */
  laterOf(files: Iterable<string>): Set<string>;
}

/** Reads modules as they are when they are asked for first. */
export function createModuleGraph(): ModuleGraph {
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
  const laterOf = (files: Iterable<string>, later = new Set<string>()): Set<string> => {
    for (const part of [...files].flatMap(loadedLater)) {
      if (later.has(part)) continue;
      later.add(part);
      laterOf(closureOf(part), later);
    }
    return later;
  };
  return {
    textOf,
    closureOf: (file) => closureOf(file),
    loadedLater,
    laterOf: (files) => laterOf(files),
  };
}
