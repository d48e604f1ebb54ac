import { operationKeys } from '@usagekit/server/app';

/** Whether any call of the API is meant by a method and a path with `*` in it. */
export function isOfSomeRoute(method: string | undefined, path: string): boolean {
  return operationKeys.some((key) => {
    const [routeMethod, address = ''] = key.split(' ');
    return meansMethod(method, routeMethod) && overlaps(path, address);
  });
}

/** The calls whose address has a word like the last one of the path, the nearest first. */
export function nearRoutes(path: string): string[] {
  const word = wordsOf(path).at(-1) ?? '';
  return operationKeys
    .map((key) => ({
      key,
      edits: Math.min(...wordsOf(key.replace(/^\S+ /, '')).map((each) => editsBetween(word, each))),
    }))
    .filter(({ edits }) => edits <= Math.max(2, word.length / 3))
    .sort((a, b) => a.edits - b.edits)
    .slice(0, nearMax)
    .map(({ key }) => key);
}

const nearMax = 4;

function meansMethod(method: string | undefined, routeMethod: string | undefined): boolean {
  if (method === undefined || method === '*' || method === 'OPTIONS') return true;
  return method === routeMethod || (method === 'HEAD' && routeMethod === 'GET');
}

/** The literal words of a path: without its parameters and runs. */
function wordsOf(path: string): string[] {
  return path.split(/[/*]/).filter((word) => word !== '' && !word.startsWith(':'));
}

/**
 * Whether a path is possible that both the filter and the address of a route fit. A parameter of the route takes a whole part of the
 * filter or a run; `*credts` does not mean an account of that name.
 */
function overlaps(filter: string, address: string): boolean {
  const route = address.replaceAll(/:\w+/g, ':');
  const seen = new Set<string>();
  const from = (f: number, r: number): boolean => {
    const place = `${f} ${r}`;
    if (seen.has(place)) return false;
    seen.add(place);
    if (r === route.length) return /^\**$/.test(filter.slice(f));
    if (filter[f] === '*') return from(f + 1, r) || from(f, r + 1);
    if (route[r] !== ':') return filter[f] === route[r] && from(f + 1, r + 1);
    if (filter[f - 1] !== '/') return false;
    const [part = ''] = /^[^/*]+/.exec(filter.slice(f)) ?? [];
    return part !== '' && from(f + part.length, r + 1);
  };
  return from(0, 0);
}

/** How many letters are added, left out or changed between two words. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
