import { versionOf } from '../client/answer-version.ts';
import type { SessionStore } from './session-store.ts';

/** By then a sound stream has told of a change that was answered. */
const streamLagMs = 800;

/**
 * Updates the shown answers after a change made by this session, by the change's answer. Answers that the stream has updated are not
 * requested; the others are. Never rejects. Apart from the store, so that only a page that changes something loads it.
 */
export async function catchUp({ cache, live }: SessionStore, answer: object): Promise<void> {
  const version = versionOf(answer);
  if (version === undefined) return cache.refresh();
  const { line } = live;
  if (line?.isOpen) await new Promise((resolve) => setTimeout(resolve, streamLagMs));
  // While the line's code, which tells answers apart by version, is on its way, all of them.
  const keys = line ? line.intake.expect(version) : cache.kept.entries.keys();
  await Promise.all(Array.from(keys, cache.refreshKey));
}
