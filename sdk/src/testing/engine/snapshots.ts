import type { Snapshot } from './engine.ts';

/** Results of scenarios, by all their inputs: the next mock with the same inputs takes a copy. */
const kept = new Map<string, Promise<Snapshot>>();
const keptMax = 40;

/** The snapshot of that key, which is made once; one that failed is made again. */
export function keptSnapshot(key: string, make: () => Promise<Snapshot>): Promise<Snapshot> {
  const found = kept.get(key);
  if (found !== undefined) return found;
  const made = make();
  kept.set(key, made);
  made.catch(() => kept.delete(key));
  const [oldest] = kept.keys();
  if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest);
  return made;
}
