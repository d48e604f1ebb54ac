import { expect, it, vi } from 'vitest';
import { noteVersion } from '../../../sdk/src/client/answer-version.ts';
import { createLaterLiveUpdates } from '../../../sdk/src/live/later-live-updates.ts';
import { catchUp } from '../../../sdk/src/provider/catch-up.ts';
import { createResourceCache } from '../../../sdk/src/provider/resource-cache.ts';
import type { SessionStore } from '../../../sdk/src/provider/session-store.ts';

function shown() {
  const cache = createResourceCache();
  const load = vi.fn(async () => ({ available: '5' }));
  cache.mount({ name: 'credits', load }, vi.fn());
  const live = createLaterLiveUpdates({
    openStream: async () => new ReadableStream(),
    kept: cache.kept,
    refresh: cache.refreshKey,
    onMissed: () => undefined,
  });
  return { store: { cache, live } as SessionStore, load };
}

it.each([
  { answer: 'of a version, while the code that tells answers apart by it is on its way', version: '8' },
  { answer: 'without a version', version: undefined },
])('asks for every shown answer after a change whose answer is $answer', async ({ version }) => {
  const { store, load } = shown();
  const answer = {};
  noteVersion(
    answer,
    new Response(null, { headers: version ? { 'UsageKit-Account-Version': version } : {} }),
  );
  await catchUp(store, answer);
  expect(load).toHaveBeenCalledTimes(2);
});
