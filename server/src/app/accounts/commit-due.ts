import { msPerDay } from '../../contract/durations.ts';
import { limits } from '../../contract/limits.ts';
import { nextDueAtMs } from '../../domain/accounts/advance.ts';
import { noFacts } from '../../domain/state.ts';
import { execute } from '../execute.ts';
import type { Services } from '../services.ts';

const pageSize = 500;
const answersForgottenAtOnce = 5_000;

/**
 * Commits what has fallen due in accounts that nobody asks about, and forgets answers that were kept long enough. Nothing
 * depends on when it runs: whoever looks at an account before sees the same.
 */
export async function commitDue(services: Services): Promise<void> {
  const { store, clock } = services;
  let cursor: string | undefined;
  do {
    const page = await store.listAccounts({ limit: pageSize, ...(cursor === undefined ? {} : { cursor }) });
    for (const state of page.items)
      if (nextDueAtMs(state) <= (await clock.now(state.profile)))
        await commitDueOf(services, state.profile.id);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const beforeMs = clock.systemMs - limits.idempotencyDays * msPerDay;
  while ((await store.forgetAnswers(beforeMs, answersForgottenAtOnce)) === answersForgottenAtOnce);
}

/** Commits what has fallen due in one account. */
export async function commitDueOf(services: Services, accountId: string): Promise<void> {
  await execute(services, {
    accountId,
    priority: 'ingest',
    decide: ({ state }) => ({ outcome: null, state, facts: noFacts }),
  });
}
