import type { KeptAnswers } from './resource-cache.ts';

/**
 * Changes an answer that is there. Loads that are under way are older than the change; they are done once more. One that is not there
 * yet is left alone. Apart from the cache, so that only a page that changes something loads it.
 *
 * @param key of the answer, by `keyOf`
 */
export function changeAnswer<Data>(
  { entries, show }: KeptAnswers,
  key: string,
  change: (data: Data) => Data,
): void {
  const entry = entries.get(key);
  const data = entry?.snapshot.data as Data | undefined;
  if (!entry || data === undefined) return;
  entry.outdated = entry.begun;
  show(entry, { data: change(data), error: undefined });
}
