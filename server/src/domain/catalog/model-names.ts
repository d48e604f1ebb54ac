import type { Model } from './catalog-types.ts';

/** Finds a model by name. Built once per catalog. */
export interface ModelNames {
  /** The model of that id or alias, or the one whose pattern fits best. */
  find(name: string): Model | undefined;
}

/** Names that met the patterns and are kept with what they led to. */
const namesKeptMax = 2_000;

/** A pattern of names, by the text between its stars. */
interface Pattern {
  readonly model: Model;
  readonly parts: readonly string[];
  /** Characters other than stars: the more there are, the better it says what it means. */
  readonly length: number;
}

/**
 * Looks names up: an id goes before an alias, that before a pattern, and of patterns the longest goes first. A name that had
 * to be tried against patterns is remembered with its answer, so that it is tried once.
 */
export function createModelNames(models: Iterable<Model>): ModelNames {
  const exact = new Map<string, Model>();
  const aliases: [string, Model][] = [];
  const patterns: Pattern[] = [];
  for (const model of models) {
    exact.set(model.id, model);
    for (const alias of model.aliases) {
      if (isPattern(alias)) patterns.push(patternOf(alias, model));
      else aliases.push([alias, model]);
    }
  }
  for (const [alias, model] of aliases) if (!exact.has(alias)) exact.set(alias, model);
  patterns.sort((a, b) => b.length - a.length);
  const tried = new Map<string, Model | undefined>();

  return {
    find(name) {
      const model = exact.get(name);
      if (model !== undefined || patterns.length === 0) return model;
      if (tried.has(name)) return tried.get(name);
      const found = patterns.find(({ parts }) => fits(name, parts))?.model;
      if (tried.size >= namesKeptMax) tried.clear();
      tried.set(name, found);
      return found;
    },
  };
}

export function isPattern(alias: string): boolean {
  return alias.includes('*');
}

function patternOf(alias: string, model: Model): Pattern {
  const parts = alias.split('*');
  return { model, parts, length: alias.length - (parts.length - 1) };
}

/** Whether the name holds the parts in their order, the first at its start and the last at its end. */
function fits(name: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop() ?? '';
  if (!name.startsWith(first)) return false;
  let position = first.length;
  for (const part of others) {
    const found = name.indexOf(part, position);
    if (found === -1) return false;
    position = found + part.length;
  }
  return name.length - last.length >= position && name.endsWith(last);
}
